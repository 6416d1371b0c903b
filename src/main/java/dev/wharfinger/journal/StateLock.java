package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a state folder: one process, the keeper, has it. The operating system takes it back
 * when the process ends, however it ends.
 */
final class StateLock implements AutoCloseable {
    /**
     * What this process holds. POSIX gives a process's lock back when the process closes the file
     * by any descriptor, so a second opener in here must be refused before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of this folder, which exists, and writes our process id into it.
     *
     * @throws JournalRefused when another has it; names its process id
     */
    static StateLock take(Path folder) throws IOException, JournalRefused {
        Path file = folder.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            throw held(file, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new StateLock(file, lock(file));
        } catch (IOException | JournalRefused | RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.truncate(0);
            } finally {
                channel.close();
                HELD.remove(file);
            }
        }
    }

    private static FileChannel lock(Path file) throws IOException, JournalRefused {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                ByteBuffer holder = ByteBuffer.allocate(32);
                channel.read(holder, 0);
                throw held(file, new String(holder.array(), 0, holder.position(), UTF_8).strip());
            }
            writePid(channel);
            return channel;
        } catch (IOException | JournalRefused | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Only for people; the lock itself takes no room on the disk. */
    private static void writePid(FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        try {
            channel.write(ByteBuffer.wrap(pid.getBytes(UTF_8)), 0);
        } catch (IOException full) {
            System.getLogger(StateLock.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the lock names no process: {0}",
                            full.getMessage());
        }
    }

    private static JournalRefused held(Path file, String holder) {
        return new JournalRefused(
                "process " + (holder.isEmpty() ? "(unknown)" : holder) + " holds " + file,
                "One process keeps a state folder: end it, or attach to its socket.");
    }
}
