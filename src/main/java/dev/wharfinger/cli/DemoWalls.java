package dev.wharfinger.cli;

import dev.wharfinger.command.PipedProgram;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The demonstration's last part: the server under a user of its own. What the agent's user tries
 * past the server is tried for real, and fails. Where this process cannot be two users it says so.
 */
final class DemoWalls {
    private static final Duration END = Duration.ofSeconds(20);
    private final DemoStage stage;
    private final Demo demo;
    private final DemoUsers users;
    private final Path place;
    private final Path sockets;
    private final DemoProject project;
    private final List<String> wharf;

    private DemoWalls(
            DemoStage stage, Demo demo, DemoUsers users, DemoProject project, List<String> wharf) {
        this.stage = stage;
        this.demo = demo;
        this.users = users;
        this.place = project.folder();
        this.sockets = place.resolve("run");
        this.project = project;
        this.wharf = wharf;
    }

    /** Plays it, and leaves nothing behind. */
    static void play(DemoStage stage, Demo demo, Terminal terminal)
            throws IOException, InterruptedException {
        stage.heading("The same with the server under a user of its own");
        Path place = Files.createTempDirectory("wharf-demo-walls-").toRealPath();
        Files.createDirectory(place.resolve("said"));
        Optional<DemoUsers> found = DemoUsers.find(place);
        if (found.isEmpty()) {
            CheckoutFolders.delete(place);
            stage.line("   not shown: it takes root, or sudo without a password, to be two users.");
            stage.line("   docs/service.md says how a server gets a user of its own.");
            return;
        }
        DemoUsers users = found.get();
        List<String> removal = users.root("rm", "-rf", "--", place.toString());
        try {
            List<String> wharf = DemoClient.program(copied(place.resolve("classes")));
            var project = DemoProject.make(place, terminal);
            new DemoWalls(stage, demo, users, project, wharf).play();
        } finally {
            PipedProgram.start(removal, Path.of("/"), new File("/dev/null").toPath()).end(END);
        }
    }

    private void play() throws IOException, InterruptedException {
        share();
        users.must(users.service(sockets, command("trust")));
        users.must(
                users.service(
                        sockets,
                        command(
                                "token",
                                "create",
                                "--persona",
                                "deploy",
                                "--for",
                                "anna",
                                "--user",
                                DemoUsers.AGENT)));
        stage.said(DemoUsers.SERVICE, "wharf serve");
        var serve =
                PipedProgram.start(
                        users.service(sockets, command("serve", "--port", "0")),
                        place,
                        place.resolve("said/serve.log"));
        try {
            if (!serves(serve)) {
                stage.wrong(
                        "the server does not start: "
                                + Files.readString(place.resolve("said/serve.log")));
                return;
            }
            enforced();
            triedPastIt();
        } finally {
            users.run(users.root("kill", Long.toString(serve.pid())));
            serve.end(END);
        }
    }

    /** The server's user alone writes state, targets and sockets; everybody may read the rest. */
    private void share() throws IOException, InterruptedException {
        var his = new ArrayList<Path>();
        for (String name : List.of("state", "run", "staging", "production", DemoUsers.SERVICE)) {
            his.add(Files.createDirectory(place.resolve(name)));
        }
        Path home = Files.createDirectory(place.resolve(DemoUsers.AGENT));
        Files.writeString(home.resolve("evil"), "evil\n");
        his.add(project.root());
        for (Path path : his) {
            users.must(
                    users.root(
                            "chown",
                            "-R",
                            DemoUsers.SERVICE + ":" + users.serviceGroup(),
                            path.toString()));
        }
        users.must(
                users.root(
                        "chown",
                        "-R",
                        DemoUsers.AGENT + ":" + users.agentGroup(),
                        home.toString()));
        users.must(users.root("chmod", "-R", "a+rX,go-w", place.toString()));
        users.must(users.root("chmod", "700", place.resolve("state").toString()));
        users.must(users.root("chown", "root:root", place.toString()));
    }

    private List<String> command(String... words) {
        var all = new ArrayList<>(wharf);
        all.addAll(List.of(words));
        all.addAll(List.of("--root", project.root().toString()));
        all.addAll(List.of("--state", project.state().toString()));
        return all;
    }

    private static boolean serves(PipedProgram serve) throws IOException {
        var out =
                new BufferedReader(
                        new InputStreamReader(serve.fromProgram(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("token ")) {
                return true;
            }
        }
        return false;
    }

    private void enforced() throws IOException {
        var stdio = new ArrayList<>(wharf);
        stdio.addAll(List.of("stdio", "--root", project.root().toString()));
        stage.said(DemoUsers.AGENT, "wharf stdio, which only bridges to it");
        try (var agent =
                DemoClient.start(
                        users.agent(sockets, stdio), place, place.resolve("said/stdio.log"))) {
            JsonNode begun =
                    demo.granted(agent, "begin_shift", Demo.arguments("request", "Ship 1.0.0"));
            String says = begun.path("structuredContent").path("enforcement").asString("");
            stage.granted("enforcement: " + says);
            demo.expect(says.equals("enforced"), "the walls are enforced, not `" + says + "`");
        }
    }

    /** What a shell of the agent's user is good for. */
    private void triedPastIt() throws IOException, InterruptedException {
        String evil = place.resolve(DemoUsers.AGENT + "/evil").toString();
        for (var words :
                List.of(
                        List.of("cp", evil, place.resolve("production/Shop.java").toString()),
                        List.of("cp", evil, place.resolve("state/approvers").toString()),
                        List.of("cat", place.resolve("state/journal.key").toString()))) {
            stage.said(DemoUsers.AGENT, brief(String.join(" ", words)));
            DemoUsers.Said said = users.run(users.agent(sockets, words));
            stage.failure(brief(said.text()));
            demo.expect(
                    said.exit() != 0 && said.text().contains("denied"),
                    "the kernel refuses `" + words.getFirst() + "`");
        }
    }

    private String brief(String text) {
        return text.replace(place + "/", "");
    }

    /** What runs here, where every user can read it: it may lie in somebody's own home. */
    private static String copied(Path to) throws IOException {
        Files.createDirectory(to);
        var copies = new ArrayList<Path>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry).toAbsolutePath();
            if (Files.exists(from)) {
                Path copy = to.resolve(copies.size() + "-" + from.getFileName());
                copy(from, copy);
                copies.add(copy);
            }
        }
        return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes is)
                            throws IOException {
                        Files.createDirectory(place(at));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path at, BasicFileAttributes is)
                            throws IOException {
                        Files.copy(at, place(at));
                        return FileVisitResult.CONTINUE;
                    }

                    private Path place(Path at) {
                        return at.equals(from) ? to : to.resolve(from.relativize(at).toString());
                    }
                });
    }
}
