package dev.wharfinger.deploy;

import dev.wharfinger.command.Listener;
import dev.wharfinger.command.Services;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what really runs at a local target: whose process listens, in which folder, what health
 * answers, which version it tells. It changes nothing.
 */
final class LocalSight {
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final int LONGEST_VERSION = 128;

    private final TargetFolder folder;
    private final LocalSettings settings;
    private final LocalService service;
    private final Services services;
    private final Http http;

    LocalSight(
            TargetFolder folder,
            LocalSettings settings,
            LocalService service,
            Services services,
            Http http) {
        this.folder = folder;
        this.settings = settings;
        this.service = service;
        this.services = services;
        this.http = http;
    }

    /** What runs; healthy only where nothing at all is wrong. */
    Observed look() throws IOException {
        var wrong = new ArrayList<String>();
        var digest = Optional.<ArtifactDigest>empty();
        switch (folder.current()) {
            case Current.None() -> wrong.add("nothing is current");
            case Current.Strange(var what) -> wrong.add("`current` is " + what);
            case Current.At(var at) -> digest = Optional.of(at);
        }
        var receipt =
                digest.isPresent() ? folder.receiptOf(digest.get()) : Optional.<Receipt>empty();
        if (digest.isPresent() && receipt.isEmpty()) {
            wrong.add("no receipt of " + digest.get().brief());
        }
        var pid = pid(digest, wrong);
        var version = receipt.map(known -> known.release().version());
        var told = digest.isPresent() ? told(wrong) : Optional.<String>empty();
        if (settings.observe().isPresent() && version.isPresent()) {
            if (told.isEmpty()) {
                wrong.add("the service does not tell its version");
            } else if (!isSame(told.get(), version.get())) {
                wrong.add("the service tells version " + told.get() + ", not " + version.get());
            }
        }
        var detail =
                wrong.isEmpty()
                        ? "release %s runs as process %s"
                                .formatted(
                                        receipt.map(r -> r.release().toString()).orElse("?"),
                                        pid.map(String::valueOf).orElse("?"))
                        : String.join("; ", wrong);
        return new Observed(told.or(() -> version), digest, pid, wrong.isEmpty(), detail);
    }

    /** Whether health is answered with 2xx now. */
    boolean isHealthy() {
        try {
            return http.get(settings.health(), ASK).isSuccess();
        } catch (IOException unanswered) {
            return false;
        }
    }

    /** What health says now, for people. */
    String health() {
        try {
            return "health answers " + http.get(settings.health(), ASK).status();
        } catch (IOException unanswered) {
            return "health: " + unanswered.getMessage();
        }
    }

    /** Who listens on the service's port without being a release of this target. */
    Optional<String> stranger() throws IOException {
        return strangers(folder.dir().resolve("releases").toAbsolutePath()).stream().findFirst();
    }

    private Optional<Long> pid(Optional<ArtifactDigest> digest, List<String> wrong)
            throws IOException {
        var running = service.running();
        if (digest.isEmpty()) {
            running.ifPresent(left -> wrong.add("process " + left.pid() + " still runs"));
            return running.map(left -> left.pid());
        }
        if (service.isProcess() && running.isEmpty()) {
            wrong.add("the service does not run");
        } else if (running.filter(r -> !r.release().equals(digest.get().hex())).isPresent()) {
            wrong.add("the process runs another release: " + running.get().release());
        }
        if (!HttpAddress.isLocal(settings.health())) {
            return running.map(own -> own.pid());
        }
        var home = folder.releases().folder(digest.get());
        wrong.addAll(strangers(home));
        var ours = listeners().stream().filter(one -> isIn(one, home)).findFirst();
        if (ours.isEmpty()) {
            wrong.add("the release does not listen on port " + port());
        }
        return ours.map(Listener::pid).or(() -> running.map(own -> own.pid()));
    }

    private List<String> strangers(Path home) throws IOException {
        var found = new ArrayList<String>();
        for (var one : listeners()) {
            if (!isIn(one, home)) {
                found.add(
                        "port %d is held by process %d in %s"
                                .formatted(
                                        port(),
                                        one.pid(),
                                        one.folder().map(Path::toString).orElse("another folder")));
            }
        }
        return found;
    }

    private List<Listener> listeners() {
        return HttpAddress.isLocal(settings.health()) ? services.listeners(port()) : List.of();
    }

    private static boolean isIn(Listener one, Path home) {
        try {
            var real = home.toRealPath();
            return one.folder().filter(at -> at.startsWith(real)).isPresent();
        } catch (IOException noSuchRelease) {
            return false;
        }
    }

    private int port() {
        return HttpAddress.port(settings.health());
    }

    /** The version that the service tells, where a place for it was declared. */
    private Optional<String> told(List<String> wrong) {
        try {
            var answer = http.get(settings.health(), ASK);
            if (!answer.isSuccess()) {
                wrong.add("health answers " + answer.status());
            }
            return settings.observe().flatMap(where -> version(where, answer));
        } catch (IOException unanswered) {
            wrong.add("health: " + unanswered.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> version(Observe where, Http.Answer health) {
        return switch (where) {
            case Observe.Header(var name) ->
                    health.headers().firstValue(name).filter(LocalSight::isVersion);
            case Observe.Json(var pointer) ->
                    JsonAnswer.at(health.text(), pointer)
                            .or(() -> asked(pointer))
                            .filter(LocalSight::isVersion);
        };
    }

    private Optional<String> asked(String path) {
        try {
            var answer = http.get(settings.health().resolve(path), ASK);
            if (!answer.isSuccess()) {
                return Optional.empty();
            }
            var text = answer.text().strip();
            return JsonAnswer.at(text, path)
                    .or(() -> JsonAnswer.at(text, ""))
                    .or(() -> Optional.of(text));
        } catch (IOException | IllegalArgumentException unanswered) {
            return Optional.empty();
        }
    }

    private static boolean isVersion(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_VERSION
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Tags are often {@code v1.2.0} where the service says {@code 1.2.0}. */
    private static boolean isSame(String told, String version) {
        return bare(told.strip()).equals(bare(version));
    }

    private static String bare(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }
}
