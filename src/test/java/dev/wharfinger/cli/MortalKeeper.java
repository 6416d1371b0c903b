package dev.wharfinger.cli;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.call.Answer;
import dev.wharfinger.call.CallBudget;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Gatekeeper;
import dev.wharfinger.call.Recorder;
import dev.wharfinger.call.Refusals;
import dev.wharfinger.call.Schemas;
import dev.wharfinger.call.Signals;
import dev.wharfinger.call.ToolCall;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Services;
import dev.wharfinger.deploy.ArtifactStore;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Pace;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Admission;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Ids;
import dev.wharfinger.tool.Jobs;
import dev.wharfinger.tool.Project;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.tool.Toolbox;
import dev.wharfinger.workspace.Workspace;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The keeper's parts on a real project, with a journal that dies at one of its entries as a process
 * does: nothing that it keeps changes any more, and nobody is answered.
 */
public final class MortalKeeper implements AutoCloseable {
    private final FileJournal files;
    private final MortalJournal journal;
    private final Workspace workspace;
    private final ProjectFolder folder;
    private final Gatekeeper door;
    private final List<String> settled;

    /**
     * Opens the project, and settles what a death before this one left.
     *
     * @param death the entry at which it dies, counted from its start; 0 for never
     * @param written whether that entry is still written
     */
    public MortalKeeper(Path root, Path state, int death, boolean written) throws Exception {
        Terminal terminal = terminal(root);
        Place place =
                Place.of(terminal, Optional.of(root.toString()), Optional.of(state.toString()));
        folder = ProjectFolder.open(terminal, place, Personas.builtIn());
        workspace = Workspace.openForbidding(root, folder.forbidden());
        files = FileJournal.open(state, folder.origin(), terminal.clock());
        journal = new MortalJournal(files, death, written);
        var recorder = new Recorder(journal, new EntryText(), terminal.clock());
        var rules =
                new RuleFiles(folder::ruleFiles, recorder.state(), folder.configured(), Map.of());
        var lock = new ReentrantLock();
        var ids = new Ids(new SecureRandom());
        var project =
                new Project(
                        folder.settings(),
                        workspace,
                        folder::builtInSkill,
                        recorder,
                        rules::look,
                        () -> Approvers.NONE,
                        Once.of(() ->
                                new ArtifactStore(
                                        folder.state().artifacts(), folder.state().checkouts())),
                        Once.of(() ->
                                new CommandRunner(
                                        Confinement.BEST,
                                        List.of(folder.state().path()),
                                        terminal.environment())),
                        Once.of(Services::new),
                        terminal.environment(),
                        folder.state().checkouts(),
                        _ -> "advisory",
                        lock,
                        terminal.clock(),
                        ids);
        var schemas = new Schemas();
        var tools =
                new Toolbox(
                        project,
                        schemas,
                        folder::personaText,
                        targets(project),
                        Once.of(() -> new Runner(Pace.system())),
                        folder::verification,
                        new CheckoutFolders(folder.state().checkouts()),
                        new OwedFile(folder.state().owed()),
                        new Jobs(Executors.newVirtualThreadPerTaskExecutor()));
        door =
                new Gatekeeper(
                        tools.catalogue(),
                        schemas,
                        new Admission(),
                        new CallBudget(terminal.clock(), CallBudget.USUAL),
                        recorder,
                        new Refusals(recorder, terminal.clock()),
                        lock,
                        ids);
        settled = tools.recovery().settle(folder::persona);
    }

    private static Terminal terminal(Path root) {
        var environment = new TreeMap<>(System.getenv());
        Terminal quiet = new Screen(root, environment).terminal();
        return new Terminal(
                quiet.in(), quiet.out(), quiet.err(), root, environment, Clock.systemUTC(), false);
    }

    private static Function<EnvironmentSettings, LocalTarget> targets(Project project) {
        Map<String, LocalTarget> targets = new ConcurrentHashMap<>();
        return environment ->
                targets.computeIfAbsent(
                        environment.name().value(),
                        _ ->
                                new LocalTarget(
                                        environment,
                                        project.artifacts().get(),
                                        project.services().get(),
                                        project.commands().get(),
                                        project.environment(),
                                        Pace.system()));
    }

    /** What was settled when it opened. */
    public List<String> settled() {
        return settled;
    }

    /** The answer to a call; empty where the keeper died before it could leave. */
    public Optional<Answer> call(String persona, String tool, ObjectNode arguments) {
        if (journal.isDead()) {
            return Optional.empty();
        }
        var caller =
                new Caller(
                        new Principal("local:anna"),
                        folder.persona(persona).orElseThrow(),
                        false,
                        "test");
        Answer answer = door.call(caller, new ToolCall(tool, arguments, Signals.NONE));
        if (journal.isDead()) {
            return Optional.empty();
        }
        if (answer.durableUpTo() > 0) {
            files.awaitDurable(answer.durableUpTo() - 1);
        }
        return Optional.of(answer);
    }

    /** Whether its journal has died. */
    public boolean isDead() {
        return journal.isDead();
    }

    /** Entries that it has written itself. */
    public int entries() {
        return journal.entries();
    }

    /** Gives the files back to whoever comes next. */
    @Override
    public void close() throws Exception {
        files.close();
        workspace.close();
    }
}
