package dev.wharfinger.cli;

import dev.wharfinger.command.Listener;
import dev.wharfinger.command.Services;
import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.journal.Verification;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code wharf demo}: plays a release to staging and production on a project of its own, refusals
 * first.
 */
@Command(
        name = "demo",
        description =
                "Plays a release to staging and production in a temporary folder: refused, proved,"
                        + " shipped, approved, taken back.")
final class DemoCommand implements Callable<ExitCode> {
    @Option(
            names = "--keep",
            description = "Leaves project and service, and prints a client's configuration.")
    private boolean keep;

    private final Terminal terminal;
    private final Wharf wharf;

    DemoCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        long started = System.nanoTime();
        boolean json = wharf.output() == OutputFormat.JSON;
        PrintStream out = json ? new PrintStream(OutputStream.nullOutputStream()) : terminal.out();
        var stage = new DemoStage(out, terminal.colours());
        Path folder = Files.createTempDirectory("wharf-demo-").toRealPath();
        DemoProject project = DemoProject.make(folder, terminal);
        var cleaning = new Thread(() -> clean(folder, project), "wharf-demo-clean");
        Runtime.getRuntime().addShutdownHook(cleaning);
        DemoProduction.enrol(project);
        trust(project, stage);
        var demo = new Demo(project, stage);
        demo.play();
        DemoWalls.play(stage, demo, terminal);
        Verification log = verify(project, stage);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        boolean good = stage.wrong().isEmpty() && log.isVerified();
        summary(stage, log, took, good);
        if (json) {
            terminal.out().println(report(stage, log, took, good));
        }
        if (keep) {
            Runtime.getRuntime().removeShutdownHook(cleaning);
            configuration(project, stage);
        }
        return good ? ExitCode.DONE : ExitCode.NO;
    }

    private void trust(DemoProject project, DemoStage stage) throws Exception {
        stage.heading("A person accepts the rules of a small project");
        var place =
                Place.of(
                        terminal,
                        Optional.of(project.root().toString()),
                        Optional.of(project.state().toString()));
        ProjectFolder folder = ProjectFolder.open(terminal, place);
        stage.said("wharf trust", new KeeperClient(folder).ask("trust").path("text").asString());
    }

    private static Verification verify(DemoProject project, DemoStage stage) throws IOException {
        stage.heading("An auditor verifies the journal");
        Verification log = JournalReader.open(project.state()).verify();
        String words = log.size() + " entries, root " + log.root().base64();
        if (log.isVerified()) {
            stage.granted("verified: " + words);
        } else {
            stage.wrong("the journal does not verify: " + log.problems());
        }
        return log;
    }

    private static void summary(DemoStage stage, Verification log, Duration took, boolean good) {
        stage.heading(good ? "Everything as expected" : "NOT everything as expected");
        stage.line(
                "   refused      "
                        + stage.refused().size()
                        + ": "
                        + String.join(", ", stage.refused()));
        stage.line("   shipped      1.0.0 to staging, after /test and /security had proved it");
        stage.line(
                "   approved     1.0.0 to production, by Anna's key; four forgeries did not count");
        stage.line(
                "   taken back   1.1.0, by itself, when its smoke test failed; production, by"
                        + " Anna");
        stage.line(
                "   journal      "
                        + log.size()
                        + " entries, "
                        + (log.isVerified() ? "verified" : "NOT verified"));
        stage.line("   time         " + took.toSeconds() + " s");
        stage.wrong().forEach(what -> stage.line("   wrong        " + what));
    }

    private static ObjectNode report(
            DemoStage stage, Verification log, Duration took, boolean good) {
        ObjectNode node =
                new JsonMapper()
                        .createObjectNode()
                        .put("good", good)
                        .put("seconds", took.toSeconds());
        var refused = node.putArray("refused");
        stage.refused().forEach(refused::add);
        var wrong = node.putArray("wrong");
        stage.wrong().forEach(wrong::add);
        node.putObject("journal")
                .put("size", log.size())
                .put("root", log.root().base64())
                .put("verified", log.isVerified());
        return node;
    }

    private static void configuration(DemoProject project, DemoStage stage) {
        var json = new JsonMapper();
        ObjectNode server =
                json.createObjectNode().put("command", DemoClient.launcher().getFirst());
        var arguments = server.putArray("args");
        DemoClient.launcher().stream().skip(1).forEach(arguments::add);
        Stream.of(
                        "stdio",
                        "--persona",
                        "deploy",
                        "--root",
                        project.root().toString(),
                        "--state",
                        project.state().toString())
                .forEach(arguments::add);
        ObjectNode whole = json.createObjectNode();
        whole.putObject("mcpServers").set("wharfinger", server);
        stage.heading("Kept");
        stage.line("   project      " + project.root());
        stage.line("   staging      " + project.url());
        stage.line("   client       " + json.writeValueAsString(whole));
        stage.line(
                "   stop it      end the java process that listens on "
                        + project.port()
                        + ", then delete "
                        + project.folder());
    }

    /** Stops the service and deletes the folder: nothing of the demonstration stays. */
    private void clean(Path folder, DemoProject project) {
        try {
            for (int port : new int[] {project.port(), project.productionPort()}) {
                for (Listener listener : new Services().listeners(port)) {
                    if (listener.folder().filter(at -> at.startsWith(folder)).isPresent()) {
                        ProcessHandle.of(listener.pid()).ifPresent(DemoCommand::end);
                    }
                }
            }
            CheckoutFolders.delete(folder);
        } catch (IOException e) {
            terminal.err().println("wharf: " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private static void end(ProcessHandle service) {
        service.destroy();
        service.onExit().completeOnTimeout(service, 5, TimeUnit.SECONDS).join();
        service.destroyForcibly();
    }
}
