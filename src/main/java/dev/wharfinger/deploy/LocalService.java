package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.command.ServiceRecord;
import dev.wharfinger.command.ServiceSpec;
import dev.wharfinger.command.Services;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one service of a local target: a process in a session of its own, known by what stands in its
 * environment and by the file {@code service}; or a unit of systemd. It outlives its deployer.
 */
final class LocalService {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration UNIT_LIMIT = Duration.ofSeconds(90);
    private static final int TAIL_BYTES = 4096;
    private static final int TAIL_LINES = 5;

    private final TargetFolder folder;
    private final EnvironmentSettings environment;
    private final LocalSettings settings;
    private final Services services;
    private final CommandRunner runner;
    private final Map<String, String> variables;
    private final Redactor redactor;
    private final ProcessSearch search = new ProcessSearch(Path.of("/proc"));

    LocalService(
            TargetFolder folder,
            EnvironmentSettings environment,
            LocalSettings settings,
            Services services,
            CommandRunner runner,
            Map<String, String> variables) {
        this.folder = folder;
        this.environment = environment;
        this.settings = settings;
        this.services = services;
        this.runner = runner;
        this.variables = new LinkedHashMap<>(variables);
        this.redactor = Redactor.ofNames(this.variables, environment.variables());
    }

    /** What a service carries in its environment: the way back is told apart from the way there. */
    static String key(DeployGrant grant, Way way) {
        return way == Way.FORWARD ? grant.deployment() : grant.deployment() + "-return";
    }

    /** The declared names that are not in the server's environment. */
    List<String> missingVariables() {
        return environment.variables().stream()
                .filter(name -> !variables.containsKey(name))
                .toList();
    }

    /** The program of the start, where it is no part of the release and is not there. */
    Optional<String> missingProgram() {
        return settings.start().stream()
                .limit(1)
                .filter(name -> name.startsWith("/") || name.indexOf('/') < 0)
                .filter(name ->
                        name.startsWith("/")
                                ? !Files.isExecutable(Path.of(name))
                                : runner.resolve(name).isEmpty())
                .findFirst();
    }

    /** Every live process group that this target started, whoever deployed it. */
    List<ServiceRecord> living() throws IOException {
        var found = new ArrayList<>(search.of(folder.dir()));
        var noted = note().flatMap(ServiceNote::process).filter(services::isRunning);
        if (noted.isPresent() && found.stream().noneMatch(one -> isSame(one, noted.get()))) {
            found.add(noted.get());
        }
        return found;
    }

    /** The live service of that key and release; a unit counts once it was told to start. */
    boolean isStarted(String key, ArtifactDigest release) throws IOException {
        if (settings.systemdUnit().isPresent()) {
            return note().filter(note -> note.unit().equals(settings.systemdUnit()))
                    .filter(note -> note.key().equals(key) && note.release().equals(release.hex()))
                    .isPresent();
        }
        // Started and not noted is not enough: the start then adopts it and notes it.
        return running().stream().anyMatch(one -> isOf(one, key, release));
    }

    String start(Release release, String key) throws IOException, StepFailed {
        if (settings.systemdUnit().isPresent()) {
            var unit = settings.systemdUnit().get();
            systemctl("restart", unit);
            write(ServiceNote.of(key, release.artifact(), unit));
            return "systemd restarted " + unit;
        }
        var found = living().stream().filter(o -> isOf(o, key, release.artifact())).findFirst();
        if (found.isPresent()) {
            write(ServiceNote.of(found.get()));
            return "process " + found.get().pid() + " was adopted";
        }
        try {
            var spec =
                    new ServiceSpec(
                            settings.start(),
                            folder.realFolder(release.artifact()),
                            environmentOf(release, key),
                            log(key));
            var record = services.start(spec).record();
            write(ServiceNote.of(record));
            return "process " + record.pid();
        } catch (IOException notStarted) {
            throw new StepFailed(
                    Cause.BUILD, "it could not be started: " + notStarted.getMessage(), notStarted);
        }
    }

    /** Whether nothing of this target lives but what has that key. */
    boolean isStopped(String key) throws IOException {
        var note = note();
        boolean unitToStop =
                note.flatMap(ServiceNote::unit).isPresent() || settings.systemdUnit().isPresent();
        if (unitToStop && stopsUnit(note, key)) {
            return false;
        }
        return living().stream().allMatch(one -> one.deployment().equals(key));
    }

    String stop(String key) throws IOException, StepFailed {
        var ended = new ArrayList<String>();
        for (var one : living()) {
            if (!one.deployment().equals(key)) {
                var service = services.adopt(one);
                if (service.isPresent()) {
                    services.stop(service.get(), GRACE);
                }
                ended.add("process " + one.pid());
            }
        }
        var note = note();
        if (stopsUnit(note, key)) {
            var unit =
                    note.flatMap(ServiceNote::unit)
                            .or(settings::systemdUnit)
                            .orElseThrow(() -> new IOException("no unit to stop"));
            systemctl("stop", unit);
            ended.add(unit);
        }
        if (note.filter(old -> !old.key().equals(key)).isPresent() && !isUnitKept(note)) {
            DurableFiles.delete(file());
        }
        return ended.isEmpty() ? "nothing ran" : "stopped " + String.join(", ", ended);
    }

    /** The process that the target started last, where it still lives. */
    Optional<ServiceRecord> running() throws IOException {
        return note().flatMap(ServiceNote::process).filter(services::isRunning);
    }

    /** Whether a process is to be expected; a unit's processes are systemd's. */
    boolean isProcess() {
        return settings.systemdUnit().isEmpty();
    }

    /** The end of the service's output, redacted, one line. */
    String tail() throws IOException {
        var note = note();
        if (note.isEmpty() || !Files.isRegularFile(log(note.get().key()))) {
            return "";
        }
        try (var file = new RandomAccessFile(log(note.get().key()).toFile(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            var lines = redactor.redact(new String(bytes, UTF_8)).strip().lines().toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                    .map(SmokeTests::shown)
                    .reduce((one, next) -> one + " | " + next)
                    .orElse("");
        }
    }

    Optional<ServiceNote> note() throws IOException {
        var text = DurableFiles.read(file());
        return text.isPresent() ? Optional.of(ServiceNote.parse(text.get())) : Optional.empty();
    }

    /** A unit that shall go on is restarted by the start; one that nothing follows is stopped. */
    private boolean stopsUnit(Optional<ServiceNote> note, String key) throws IOException {
        if (settings.systemdUnit().isPresent() && folder.current() instanceof Current.None) {
            return true;
        }
        return note.filter(old -> old.unit().isPresent() && !old.key().equals(key)).isPresent()
                && !isUnitKept(note);
    }

    private boolean isUnitKept(Optional<ServiceNote> note) throws IOException {
        return note.flatMap(ServiceNote::unit).equals(settings.systemdUnit())
                && settings.systemdUnit().isPresent()
                && !(folder.current() instanceof Current.None);
    }

    private Map<String, String> environmentOf(Release release, String key) {
        var own = new LinkedHashMap<String, String>();
        for (var name : List.of("PATH", "HOME")) {
            var value = variables.get(name);
            if (value != null) {
                own.put(name, value);
            }
        }
        for (var name : environment.variables()) {
            own.put(name, variables.getOrDefault(name, ""));
        }
        own.put(ServiceSpec.DEPLOYMENT, key);
        own.put(ServiceSpec.RELEASE, release.artifact().hex());
        own.put("WHARF_VERSION", release.version());
        own.put("WHARF_ENVIRONMENT", environment.name().value());
        own.put(ProcessSearch.TARGET, folder.dir().toString());
        return own;
    }

    private void systemctl(String verb, String unit) throws IOException, StepFailed {
        var spec = new CommandSpec(List.of("systemctl", verb, unit), List.of(), UNIT_LIMIT);
        var result = runner.run(spec, folder.dir(), redactor, () -> false);
        if (!result.succeeded()) {
            throw new StepFailed(
                    Cause.BUILD,
                    "%s ended with %d: %s"
                            .formatted(
                                    spec.text(),
                                    result.exit(),
                                    SmokeTests.shown(result.lastLines(TAIL_LINES))));
        }
    }

    private static boolean isOf(ServiceRecord one, String key, ArtifactDigest release) {
        return one.deployment().equals(key) && one.release().equals(release.hex());
    }

    private static boolean isSame(ServiceRecord one, ServiceRecord other) {
        return one.deployment().equals(other.deployment()) && one.release().equals(other.release());
    }

    private void write(ServiceNote note) throws IOException {
        DurableFiles.write(file(), note.text());
    }

    private Path file() {
        return folder.dir().resolve("service");
    }

    private Path log(String key) {
        return folder.logs().resolve(key + ".log");
    }
}
