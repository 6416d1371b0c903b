package dev.wharfinger.shift;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What our own deployments and returns left running in each environment, and since when. */
final class Running {
    private record Since(ReleaseRecord release, Instant at) {}

    private final Map<String, Since> running = new ConcurrentHashMap<>();

    /** The same bytes again are no other release: they have run there since they first came. */
    void observed(String environment, Optional<ReleaseRecord> now, Instant at) {
        running.compute(
                environment,
                (_, before) -> {
                    if (now.isEmpty()) {
                        return null;
                    }
                    ReleaseRecord release = now.get();
                    boolean same =
                            before != null
                                    && before.release().artifact().equals(release.artifact());
                    return new Since(release, same ? before.at() : at);
                });
    }

    Optional<ReleaseRecord> in(String environment) {
        return Optional.ofNullable(running.get(environment)).map(Since::release);
    }

    Optional<Instant> since(String environment) {
        return Optional.ofNullable(running.get(environment)).map(Since::at);
    }
}
