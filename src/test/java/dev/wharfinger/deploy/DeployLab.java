package dev.wharfinger.deploy;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.ServiceRecord;
import dev.wharfinger.command.Services;
import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target with real releases and a real service on this machine, and everything to deploy to it.
 */
final class DeployLab implements AutoCloseable {
    final Path root;
    final int port;
    final Path dir;
    final Path starts;
    final ArtifactStore artifacts;
    final Services services = new Services();

    DeployLab(Path root) throws IOException {
        this(root, freePort());
    }

    DeployLab(Path root, int port) throws IOException {
        this.root = root.toRealPath();
        this.port = port;
        this.dir = this.root.resolve("target");
        this.starts = this.root.resolve("starts");
        this.artifacts = new ArtifactStore(this.root.resolve("artifacts"), this.root.resolve("co"));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** An artifact whose files are the names given, beside {@code version}. */
    Release release(String version, String... files) throws IOException {
        var source = root.resolve("source-" + version);
        if (!Files.exists(source)) {
            Files.createDirectories(source.resolve("static"));
            Files.writeString(source.resolve("version"), version + "\n");
            Files.writeString(source.resolve("static/page.html"), "<p>" + version);
            for (var file : files) {
                Files.writeString(source.resolve(file), file);
            }
        }
        var tree = new ReleaseStore(root.resolve("artifacts")).add(source, "lab");
        var commit = new CommitId("%040x".formatted(version.hashCode() & 0xffffffffL));
        return new Release(tree.digest(), version, commit);
    }

    LocalSettings settings() {
        return new LocalSettings(
                dir,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes().toString(),
                        "dev.wharfinger.deploy.TinyService",
                        Integer.toString(port)),
                Optional.empty(),
                url("/healthz"),
                Optional.of(new Observe.Json("/version")),
                Duration.ofSeconds(30));
    }

    EnvironmentSettings environment() {
        return environment(settings());
    }

    EnvironmentSettings environment(LocalSettings settings) {
        return environment(settings, Duration.ZERO);
    }

    EnvironmentSettings environment(LocalSettings settings, Duration soak) {
        return new EnvironmentSettings(
                new EnvironmentName("staging"),
                settings,
                List.of("STARTS", "DATABASE_URL"),
                List.of(
                        new SmokeCheck(
                                url("/"), 200, Optional.of("Welcome"), Duration.ofSeconds(5))),
                Optional.empty(),
                Duration.ZERO,
                soak,
                List.of());
    }

    Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        variables.put("STARTS", starts.toString());
        variables.put("DATABASE_URL", "postgres://shop:hunter2hunter2@db");
        variables.put("NOT_DECLARED", "x");
        return variables;
    }

    LocalTarget target() {
        return target(environment());
    }

    LocalTarget target(EnvironmentSettings environment) {
        var runner = new CommandRunner(Confinement.OFF, List.of(), variables());
        return new LocalTarget(
                environment, artifacts, services, runner, variables(), Pace.system());
    }

    static Runner runner() {
        return new Runner(Pace.system());
    }

    DeployGrant grant(Release release, Optional<Release> previous, long fence) {
        return new DeployGrant(
                new PlanDigest("0".repeat(64)),
                new EnvironmentName("staging"),
                release,
                previous,
                "d" + fence,
                fence);
    }

    Result deploy(Release release, Optional<Release> previous, long fence) {
        return runner().run(
                        grant(release, previous, fence), target(), new ListTrail(), () -> false);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    List<ServiceRecord> living() throws IOException {
        return new ProcessSearch(Path.of("/proc")).of(dir);
    }

    /** Every start of a service so far: version, deployment. */
    List<String> starts() throws IOException {
        return Files.exists(starts) ? Files.readAllLines(starts) : List.of();
    }

    private static Path classes() {
        return Path.of(
                URI.create(
                        TinyService.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()));
    }

    @Override
    public void close() throws IOException {
        for (var one : living()) {
            var service = services.adopt(one);
            if (service.isPresent()) {
                services.stop(service.get(), Duration.ZERO);
            }
        }
        ReleaseStore.deleteTree(dir);
        ReleaseStore.deleteTree(root.resolve("artifacts"));
    }

    /** A trail in memory that can be told to break. */
    static class ListTrail implements Trail {
        final List<StepEvent> intended = new ArrayList<>();
        final List<StepEvent> done = new ArrayList<>();
        String breaksAt = "";

        @Override
        public void intend(StepEvent event) {
            if (breaksAt.equals(event.phase())) {
                breaksAt = "always";
            }
            if (breaksAt.equals("always")) {
                throw new IllegalStateException("the journal is stopped");
            }
            intended.add(event);
        }

        @Override
        public void done(StepEvent event) {
            if (breaksAt.equals("always")) {
                throw new IllegalStateException("the journal is stopped");
            }
            done.add(event);
        }

        Progress progress() {
            return new Progress(intended, done);
        }
    }
}
