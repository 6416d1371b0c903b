package dev.wharfinger.cli;

import dev.wharfinger.identity.Peer;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A real Git project with its real keeper, in a world that does what it likes: people edit, delete,
 * commit, break; time passes; processes die. A copy of a prepared repository, so that a thousand
 * are cheap.
 */
final class DriftingProject implements AutoCloseable {
    private static final Peer ANNA = new Peer("anna");
    private final Path folder;
    private final Movable clock = new Movable(Instant.parse("2026-11-25T08:00:00Z"));
    private Keeper keeper;
    private int commits;

    private DriftingProject(Path folder, Optional<String> configuration) throws Exception {
        this.folder = folder;
        if (configuration.isPresent()) {
            write("wharf.yaml", configuration.get());
        }
        commit(Optional.of("v1.0.0"));
        this.keeper = opened();
    }

    /** A copy of the prepared repository under this configuration, its rules accepted. */
    static DriftingProject of(Path template, Path folder, Optional<String> configuration)
            throws Exception {
        copy(template, folder.resolve("shop"));
        return new DriftingProject(folder, configuration);
    }

    /** The repository that is copied: made once. */
    static Path prepare(Path folder) throws Exception {
        Path root = Files.createDirectories(folder.resolve("template"));
        Files.createDirectories(root.resolve("app"));
        Files.createDirectories(root.resolve("prompts"));
        Files.writeString(root.resolve("app/version"), "1.0.0\n");
        Files.writeString(root.resolve("app/page.html"), "<p>Welcome\n");
        Files.writeString(root.resolve("verdict"), "pass\n");
        Files.writeString(root.resolve("prove.sh"), PROVE);
        root.resolve("prove.sh").toFile().setExecutable(true);
        Files.writeString(root.resolve("PLAN.md"), PLAN);
        Files.writeString(root.resolve("HANDOFF_NOTES.md"), "# Handoff notes\n\nReady.\n");
        for (String file : List.of("deploy-persona.md", "deploy-persona.as-received.txt")) {
            Files.copy(
                    Path.of("src/test/resources/persona", file),
                    root.resolve("prompts/" + file.replace(".txt", ".md")));
        }
        Files.writeString(root.resolve("prompts/stated.md"), Configurations.statedPersona());
        Git.init().setDirectory(root.toFile()).setInitialBranch("main").call().close();
        return root;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private Keeper opened() throws Exception {
        var terminal =
                new Terminal(
                        System.in,
                        System.out,
                        System.err,
                        root(),
                        new TreeMap<>(System.getenv()),
                        clock,
                        false);
        var place =
                Place.of(
                        terminal,
                        Optional.of(root().toString()),
                        Optional.of(folder.resolve("state").toString()));
        Keeper opened = Keeper.open(ProjectFolder.open(terminal, place));
        opened.awaitVerified();
        if (opened.recorder().state().policy().isEmpty()) {
            opened.acceptRules(ANNA);
        }
        return opened;
    }

    Path root() {
        return folder.resolve("shop");
    }

    Path state() {
        return folder.resolve("state");
    }

    Keeper keeper() {
        return keeper;
    }

    Peer person() {
        return ANNA;
    }

    void write(String name, String text) throws IOException {
        clear(name);
        Files.createDirectories(root().resolve(name).getParent());
        Files.writeString(root().resolve(name), text);
    }

    void append(String name, String text) throws IOException {
        Path file = root().resolve(name);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        }
    }

    void write(String name, byte[] bytes) throws IOException {
        clear(name);
        Files.write(root().resolve(name), bytes);
    }

    void link(String name, String to) throws IOException {
        clear(name);
        Files.createSymbolicLink(root().resolve(name), Path.of(to));
    }

    void folder(String name) throws IOException {
        clear(name);
        Files.createDirectory(root().resolve(name));
    }

    /** Removes what stands there, a folder with all that is in it. */
    void clear(String name) throws IOException {
        Path file = root().resolve(name);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            deleteTree(file);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private static void deleteTree(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                one.toFile().setWritable(true);
                Files.deleteIfExists(one);
            }
        }
    }

    /** Somebody commits everything that stands there, perhaps with a tag. */
    void commit(Optional<String> tag) throws Exception {
        var person = new PersonIdent("Anna", "anna@example.com", clock.instant(), ZoneOffset.UTC);
        try (Git git = Git.open(root().toFile())) {
            git.add().addFilepattern(".").call();
            git.add().setUpdate(true).addFilepattern(".").call();
            git.commit()
                    .setAuthor(person)
                    .setCommitter(person)
                    .setMessage("change " + ++commits)
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
            if (tag.isPresent() && git.getRepository().findRef("refs/tags/" + tag.get()) == null) {
                git.tag().setName(tag.get()).setAnnotated(false).setSigned(false).call();
            }
        }
    }

    void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** A person reads the rules and accepts them. */
    void trust() throws IOException {
        keeper.acceptRules(ANNA);
    }

    /** The server is started again. It reads wharf.yaml anew, and settles what is open. */
    void restart() throws Exception {
        keeper.close();
        keeper = opened();
    }

    /** People no longer declare an environment, accept that, and start the server anew. */
    void undeclare() throws Exception {
        Path file = root().resolve("wharf.yaml");
        if (Files.isRegularFile(file)) {
            String text = Files.readString(file);
            int at = text.indexOf("environments:");
            Files.writeString(file, at < 0 ? text : text.substring(0, at));
        }
        trust();
        restart();
    }

    /** The artifacts that were built are gone from the disk. */
    void loseArtifacts() throws IOException {
        Path artifacts = state().resolve("artifacts");
        if (Files.isDirectory(artifacts)) {
            deleteTree(artifacts);
            Files.createDirectories(artifacts);
        }
    }

    /** As if the deployment of the newest plan had begun and its thread had died. */
    void interrupt() {
        var state = keeper.recorder().state();
        for (ShiftState shift : state.openShifts()) {
            for (var id : shift.plans().sequencedKeySet()) {
                DeployPlan plan = state.plan(id).orElseThrow();
                boolean busy =
                        state.unfinished().stream()
                                .anyMatch(d -> d.environment().equals(plan.environment()));
                if (state.deploymentOf(id).isEmpty() && !busy) {
                    var begun =
                            new Event.DeployStarted(
                                    "d_" + id.value().substring(2),
                                    id,
                                    plan.environment(),
                                    1,
                                    List.of());
                    keeper.recorder()
                            .record(
                                    shift.principal(),
                                    Optional.of(shift.persona()),
                                    Optional.of(shift.id()),
                                    begun);
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        keeper.close();
        Path service = folder.resolve("staging");
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(one ->
                            one.info()
                                    .commandLine()
                                    .filter(line -> line.contains(service.toString()))
                                    .isPresent())
                    .forEach(ProcessHandle::destroyForcibly);
        }
        deleteTree(folder);
    }

    /** A clock that the test moves. */
    private static final class Movable extends Clock {
        private volatile Instant now;

        private Movable(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final String PLAN =
            """
            # Plan

            | Agent | Command | Status |
            |-------|---------|--------|
            | **Test** | /test | 💤 IDLE |
            | **Security** | /security | 💤 IDLE |
            | **DevOps** | /deploy | 💤 IDLE |
            """;

    /** Does what the file {@code verdict} of the commit says: pass, fail, junk, or nothing. */
    private static final String PROVE =
            """
            #!/bin/sh
            read verdict < verdict
            mkdir -p out
            if [ "$verdict" = none ]; then exit 0; fi
            if [ "$verdict" = junk ]; then echo nonsense > out/t.xml; echo nonsense > out/s.sarif; exit 0; fi
            if [ "$1" = integrity ] || [ "$1" = ci ]; then [ "$verdict" = pass ]; exit $?; fi
            if [ "$1" = test ]; then
              inner=''; failed=0
              if [ "$verdict" = fail ]; then inner='<failure message="lodash@9.9.9 broke v7.7.7"/>'; failed=1; fi
              echo "<testsuite name='s' tests='1' failures='$failed'><testcase name='a' classname='S'>$inner</testcase></testsuite>" > out/t.xml
              exit $failed
            fi
            results=''
            if [ "$verdict" = fail ]; then
              results='{"level":"error","ruleId":"R1","message":{"text":"hole in lodash@9.9.9"}}'
            fi
            echo '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scan"}},"results":['"$results"']}]}' > out/s.sarif
            """;
}
