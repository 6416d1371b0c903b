package dev.wharfinger.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A target's fence file and the lock beside it. Every change of the target is made under the lock,
 * by the deployment that the fence names. The lock ends with its process.
 */
final class FenceFile {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Path file;
    private final Path lock;
    private final Pace pace;
    private final ReentrantLock inThisProcess = new ReentrantLock();

    /** Something done to a target while nobody else can. */
    interface Guarded<T> {
        T act() throws IOException, StepFailed;
    }

    FenceFile(Path dir, Pace pace) {
        this.file = dir.resolve("fence");
        this.lock = dir.resolve("fence.lock");
        this.pace = pace;
    }

    /** An unreadable fence lets nobody act. */
    Fence read() throws IOException {
        try {
            return DurableFiles.read(file).map(Fence::parse).orElse(Fence.NONE);
        } catch (IllegalArgumentException unreadable) {
            throw new IOException(file + " is " + unreadable.getMessage(), unreadable);
        }
    }

    void take(DeployGrant grant, Way way) throws IOException, StepFailed {
        locked(() -> {
            var stored = read();
            if (!stored.lets(grant, way)) {
                throw stale(stored, grant, way);
            }
            DurableFiles.write(file, new Fence(grant.fence(), grant.deployment(), way).text());
            return stored;
        });
    }

    /** Does it where the fence is this deployment's, on this way; the lock is held meanwhile. */
    <T> T guarded(DeployGrant grant, Way way, Guarded<T> action) throws IOException, StepFailed {
        return locked(() -> {
            var stored = read();
            if (!stored.isOf(grant) || stored.way() != way) {
                throw stale(stored, grant, way);
            }
            return action.act();
        });
    }

    /** For whoever only looks: the target is still this deployment's. */
    void requireOwn(DeployGrant grant) throws IOException, StaleFence {
        var stored = read();
        if (!stored.isOf(grant)) {
            throw stale(stored, grant, stored.way());
        }
    }

    private static StaleFence stale(Fence stored, DeployGrant grant, Way way) {
        if (stored.isOf(grant)) {
            return new StaleFence("deployment " + grant.deployment() + " has turned back");
        }
        var owner = stored.number() == 0 ? "nobody" : "deployment " + stored.deployment();
        return new StaleFence(
                "the target belongs to %s since fence %d; deployment %s with fence %d is too late"
                        .formatted(owner, stored.number(), grant.deployment(), grant.fence()));
    }

    private <T> T locked(Guarded<T> action) throws IOException, StepFailed {
        inThisProcess.lock();
        try (var channel =
                FileChannel.open(
                        lock,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            var waiting = pace.start();
            while (tryLock(channel) == null) {
                if (!waiting.isBefore(WAIT)) {
                    throw new StepFailed(
                            Cause.OVERTAKEN,
                            "another process has been changing the target for "
                                    + WAIT.toSeconds()
                                    + " s");
                }
                pace.pause(LOOK);
            }
            return action.act();
        } finally {
            inThisProcess.unlock();
        }
    }

    static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException anotherObjectOfThisProcess) {
            return null;
        }
    }
}
