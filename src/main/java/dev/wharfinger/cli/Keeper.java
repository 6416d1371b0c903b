package dev.wharfinger.cli;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.CallBudget;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Gatekeeper;
import dev.wharfinger.call.Recorder;
import dev.wharfinger.call.Refusals;
import dev.wharfinger.call.Schemas;
import dev.wharfinger.deploy.Pace;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.mcp.DoorFeatures;
import dev.wharfinger.mcp.Protocol;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Admission;
import dev.wharfinger.server.DurableAnswers;
import dev.wharfinger.server.PipeServer;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.Ids;
import dev.wharfinger.tool.Jobs;
import dev.wharfinger.tool.Project;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.tool.Toolbox;
import dev.wharfinger.tool.Trust;
import dev.wharfinger.workspace.Workspace;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one process that owns a state folder, with everything wired by hand: journal, workspace,
 * tools, door, protocol. Opening it takes the lock; whoever does not get it attaches to the one who
 * has.
 */
final class Keeper implements AutoCloseable {
    private static final String INSTRUCTIONS =
            "Wharfinger lets you deploy inside your persona's permissions. Begin with begin_shift"
                + " and the user's request, word for word; every answer names the next legal calls"
                + " under `next`. A refusal says who can change it: never look for a way round.";

    private final ProjectFolder folder;
    private final FileJournal journal;
    private final Workspace workspace;
    private final Recorder recorder;
    private final RuleFiles rules;
    private final Toolbox tools;
    private final Trust trust;
    private final Gatekeeper door;
    private final Jobs jobs;
    private final Enforcement walls;
    private final Protocol protocol;
    private final DurableAnswers answers;
    private final PipeServer pipe;

    private Keeper(
            ProjectFolder standing, FileJournal journal, Recorder recorder, Workspace workspace)
            throws IOException {
        Terminal terminal = standing.terminal();
        ActingRules acting = ActingRules.of(standing, recorder.state().policy());
        this.folder = acting.folder();
        this.journal = journal;
        this.workspace = workspace;
        this.recorder = recorder;
        this.rules = acting.files(standing, recorder.state());
        this.walls = Enforcement.of(folder);
        this.jobs = new Jobs(Executors.newVirtualThreadPerTaskExecutor());
        var lock = new ReentrantLock();
        var random = new SecureRandom();
        var ids = new Ids(random);
        Project project =
                new ProjectParts(folder, workspace, recorder, rules, walls).project(lock, ids);
        var schemas = new Schemas();
        this.tools =
                new Toolbox(
                        project,
                        schemas,
                        folder::personaText,
                        new Targets(project),
                        Once.of(() -> new Runner(Pace.system())),
                        folder::verification,
                        new CheckoutFolders(folder.state().checkouts()),
                        new OwedFile(folder.state().owed()),
                        jobs);
        this.trust =
                new Trust(
                        project,
                        rules,
                        tools.decisions(),
                        () -> new TrustedCopies(folder, recorder.state().policy()));
        tools.decisions().whenGranted(Kind.POLICY, trust::accept);
        Catalogue catalogue = tools.catalogue();
        var refusals = new Refusals(recorder, terminal.clock());
        this.door =
                new Gatekeeper(
                        catalogue,
                        schemas,
                        new Admission(),
                        new CallBudget(terminal.clock(), folder.config().server().calls()),
                        recorder,
                        refusals,
                        lock,
                        ids);
        this.protocol = protocol(catalogue, random, terminal.clock());
        this.answers = new DurableAnswers(new JournalDurability(journal));
        this.pipe = new PipeServer(protocol, answers);
    }

    private Protocol protocol(Catalogue catalogue, SecureRandom random, InstantSource clock) {
        var features =
                new DoorFeatures(
                        folder.version(),
                        INSTRUCTIONS,
                        catalogue,
                        door,
                        tools.shelf(),
                        this::incident,
                        random,
                        clock);
        return new Protocol(features, random, clock);
    }

    /**
     * Becomes the keeper. The log's root and signature are still being verified when it comes back:
     * whatever rests on the journal waits for that, and {@link #awaitVerified} tells how it ended.
     *
     * @throws JournalRefused where another process is, or the journal is not to be trusted
     */
    static Keeper open(ProjectFolder folder) throws IOException, JournalRefused {
        var wall =
                new FutureTask<>(() -> Workspace.openForbidding(folder.root(), folder.forbidden()));
        Thread.ofPlatform().daemon().name("wharf-wall").start(wall); // half of a quick start
        FileJournal journal =
                FileJournal.openAhead(
                        folder.state().path(), folder.origin(), folder.terminal().clock());
        try {
            var recorder = new Recorder(journal, new EntryText(), folder.terminal().clock());
            var keeper = new Keeper(folder, journal, recorder, opened(wall));
            keeper.settle();
            return keeper;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static Workspace opened(FutureTask<Workspace> wall) throws IOException {
        try {
            return wall.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while opening the project", e);
        }
    }

    private String incident(Throwable bug) {
        String id = new Ids(new SecureRandom()).incident();
        log().log(Level.SEVERE, id, bug);
        return id;
    }

    /** What a crash left open is settled before the first call is taken. */
    private void settle() throws IOException {
        new CheckoutFolders(folder.state().checkouts()).sweep();
        var owed = new OwedFile(folder.state().owed());
        owed.pay(recorder);
        owed.hold();
        tools.recovery().settle(folder::persona).forEach(line -> log().warning("settled " + line));
    }

    /** Made when there is something to say: that takes a tenth of a cold start. */
    private static Logger log() {
        return Logger.getLogger(Keeper.class.getName());
    }

    /** Who calls over this peer as that persona; empty where there is no such persona. */
    Optional<Caller> caller(Peer peer, String persona, boolean readOnly, String client) {
        return caller(peer.principal(), persona, readOnly, client);
    }

    /** Who calls with this principal as that persona; empty where there is no such persona. */
    Optional<Caller> caller(Principal by, String persona, boolean readOnly, String client) {
        return folder.persona(persona).map(found -> new Caller(by, found, readOnly, client));
    }

    /** Waits until the whole log is known to be what was signed. */
    void awaitVerified() throws IOException, JournalRefused {
        journal.awaitVerified();
    }

    /** The same, but lets the first answers out before the work begins. */
    void joinVerified() throws IOException, JournalRefused {
        journal.joinVerified();
    }

    /** The verification that was put off begins now. */
    void hurry() {
        journal.hurry();
    }

    /** Writes down who keeps the journal from here on, for his own client. */
    void signOn(Peer keeper) {
        signOn(keeper, walls.against(keeper.principal()));
    }

    /** The same for whoever will come. */
    void signOnForOthers(Peer keeper) {
        signOn(keeper, walls.againstOthers());
    }

    private void signOn(Peer keeper, String enforcement) {
        var event =
                new Event.KeeperStarted(
                        folder.version(), enforcement, "as the kernel allows", workspace.wall());
        recorder.record(keeper.principal(), Optional.empty(), Optional.empty(), event);
    }

    /** Reads what the first calls need, while something else is still on its way. */
    void warm() {
        tools.catalogue().warm();
    }

    Protocol protocol() {
        return protocol;
    }

    DurableAnswers answers() {
        return answers;
    }

    PipeServer pipe() {
        return pipe;
    }

    Gatekeeper door() {
        return door;
    }

    Recorder recorder() {
        return recorder;
    }

    RuleFiles rules() {
        return rules;
    }

    Enforcement walls() {
        return walls;
    }

    Toolbox tools() {
        return tools;
    }

    ProjectFolder folder() {
        return folder;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Accepts the rules as they stand, or asks those who decide. */
    Trust.Result acceptRules(Peer by) {
        return trust.accept(by.principal());
    }

    void drain() {
        jobs.drain(Duration.ofMinutes(15));
    }

    /** Takes no more work, lets running deployments end, keeps a snapshot, gives the lock back. */
    @Override
    public void close() throws IOException {
        drain();
        if (!journal.stopped()) {
            recorder.keepSnapshot();
        }
        journal.close();
        workspace.close();
    }
}
