package dev.wharfinger.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Held while a deployment is under way, so that a second deployer is told at once who is before it.
 * It ends with its process; what holds against a deployer from the past is the fence.
 */
final class DeployLock {
    private final Path dir;
    private final AtomicReference<String> holder = new AtomicReference<>("");

    DeployLock(Path dir) {
        this.dir = dir;
    }

    /** The hold; empty where somebody else has it. */
    Optional<Target.Hold> take(String deployment) throws IOException {
        if (!holder.compareAndSet("", deployment)) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            DurableFiles.makeFolder(dir);
            var channel =
                    FileChannel.open(
                            dir.resolve("deploy.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            if (FenceFile.tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            DurableFiles.write(dir.resolve("deploying"), deployment + "\n");
            held = true;
            return Optional.of(() -> release(channel));
        } finally {
            if (!held) {
                holder.set("");
            }
        }
    }

    /** Who has it, as far as is known. */
    String who() throws IOException {
        var here = holder.get();
        return here.isEmpty()
                ? DurableFiles.read(dir.resolve("deploying")).map(String::strip).orElse("unknown")
                : here;
    }

    private void release(FileChannel channel) {
        try (channel) {
            DurableFiles.delete(dir.resolve("deploying"));
        } catch (IOException left) {
            // Only a name for people stays behind; the lock itself ends with its channel.
            System.getLogger(DeployLock.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} stays behind: {1}", dir, left);
        } finally {
            holder.set("");
        }
    }
}
