package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * A disk in memory that forgets what was not forced: written bytes sector by sector, names folder
 * by folder. One operation can be made to fail, or to be the last before the power goes.
 */
final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    /** What happens at the chosen operation. */
    enum Fault {
        NONE,
        POWER_CUT_BEFORE,
        POWER_CUT_AFTER,
        IO_ERROR_BEFORE,
        IO_ERROR_AFTER
    }

    private static final class Inode {
        private byte[] durable = new byte[0];
        private byte[] current = new byte[0];
        private final List<Change> pending = new ArrayList<>();
    }

    /** A write, or with no bytes a truncation. */
    private record Change(long position, Optional<byte[]> bytes) {}

    private final Map<Path, Inode> durableNames = new LinkedHashMap<>();
    private final Map<Path, Inode> names = new LinkedHashMap<>();
    private final List<String> operations = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private int faultAt = -1;
    private boolean cut;
    private boolean lying;
    private long capacity = Long.MAX_VALUE;

    synchronized void failAt(int operation, Fault with) {
        faultAt = operation;
        fault = with;
    }

    synchronized void limit(long bytes) {
        capacity = bytes;
    }

    /** From now on forcing a file does nothing, as on a disk that lies. */
    synchronized void lie() {
        lying = true;
    }

    /** Everything that would change a disk, in order. */
    synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /** The disk that another start finds: what was forced, and any part of the rest. */
    synchronized SimulatedDisk survivor(Random random) {
        var next = new SimulatedDisk();
        int kept = random.nextInt(4); // nothing, everything, or each part by chance
        var all = new TreeSet<>(names.keySet());
        all.addAll(durableNames.keySet());
        for (Path path : all) {
            Inode inode = (keeps(kept, random) ? names : durableNames).get(path);
            if (inode != null) {
                var copy = new Inode();
                copy.durable = inode.durable.clone();
                for (Change change : inode.pending) {
                    copy.durable = torn(copy.durable, change, kept, random);
                }
                copy.current = copy.durable.clone();
                next.names.put(path, copy);
                next.durableNames.put(path, copy);
            }
        }
        return next;
    }

    private static boolean keeps(int kept, Random random) {
        return kept == 1 || kept > 1 && random.nextBoolean();
    }

    private static byte[] torn(byte[] old, Change change, int kept, Random random) {
        if (change.bytes.isEmpty()) {
            return keeps(kept, random) ? apply(old, change) : old;
        }
        byte[] bytes = change.bytes.get();
        byte[] now = old;
        for (int at = 0; at < bytes.length; at += SECTOR) {
            if (keeps(kept, random)) {
                int end = Math.min(at + SECTOR, bytes.length);
                byte[] sector = Arrays.copyOfRange(bytes, at, end);
                now = apply(now, new Change(change.position + at, Optional.of(sector)));
            }
        }
        return now;
    }

    /** Changes the bytes where they lie when they are enough; what comes back is what counts. */
    private static byte[] apply(byte[] old, Change change) {
        if (change.bytes.isEmpty()) {
            return Arrays.copyOf(old, (int) change.position);
        }
        byte[] bytes = change.bytes.get();
        int end = (int) change.position + bytes.length;
        byte[] now = end > old.length ? Arrays.copyOf(old, end) : old;
        System.arraycopy(bytes, 0, now, (int) change.position, bytes.length);
        return now;
    }

    private interface Effect {
        void run() throws IOException;
    }

    private synchronized void operate(String what, Effect effect) throws IOException {
        if (cut) {
            throw new IOException("the power is off");
        }
        boolean now = operations.size() == faultAt;
        operations.add(what);
        if (!now || fault == Fault.POWER_CUT_AFTER || fault == Fault.IO_ERROR_AFTER) {
            effect.run();
        }
        if (now && fault != Fault.NONE) {
            cut = fault == Fault.POWER_CUT_BEFORE || fault == Fault.POWER_CUT_AFTER;
            throw new IOException(cut ? "the power went" : "Input/output error");
        }
    }

    private long used(Inode without) {
        return names.values().stream()
                .filter(inode -> inode != without)
                .mapToLong(inode -> inode.current.length)
                .sum();
    }

    @Override
    public synchronized Optional<byte[]> read(Path file) throws IOException {
        if (cut) {
            throw new IOException("the power is off");
        }
        return Optional.ofNullable(names.get(file)).map(inode -> inode.current.clone());
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        Inode there = names.get(file);
        if (there != null) {
            return new SimulatedFile(file, there);
        }
        var made = new Inode();
        operate("create " + file, () -> names.put(file, made));
        return new SimulatedFile(file, made);
    }

    @Override
    public synchronized DiskFile openToRead(Path file) throws IOException {
        Inode there = names.get(file);
        if (there == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new SimulatedFile(file, there);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        operate("rename " + to, () -> names.put(to, names.remove(from)));
    }

    @Override
    public void delete(Path file) throws IOException {
        operate("delete " + file, () -> names.remove(file));
    }

    @Override
    public void createFolder(Path folder) {}

    @Override
    public void forceFolder(Path folder) throws IOException {
        operate(
                "force " + folder,
                () -> {
                    durableNames.keySet().removeIf(path -> folder.equals(path.getParent()));
                    names.forEach((path, inode) -> {
                        if (folder.equals(path.getParent())) {
                            durableNames.put(path, inode);
                        }
                    });
                });
    }

    @Override
    public boolean isShared(Path file) {
        return false;
    }

    @Override
    public boolean isFull(IOException failure) {
        return "No space left on device".equals(failure.getMessage());
    }

    private final class SimulatedFile implements DiskFile {
        private final Path path;
        private final Inode inode;

        SimulatedFile(Path path, Inode inode) {
            this.path = path;
            this.inode = inode;
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return inode.current.length;
            }
        }

        @Override
        public int read(ByteBuffer into, long position) {
            synchronized (SimulatedDisk.this) {
                int count = (int) Math.clamp(inode.current.length - position, 0, into.remaining());
                if (count > 0) {
                    into.put(inode.current, (int) position, count);
                }
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            operate(
                    "write " + path,
                    () -> {
                        var change = new Change(position, Optional.of(bytes));
                        long end = position + bytes.length;
                        if (end > inode.current.length && used(inode) + end > capacity) {
                            throw new IOException("No space left on device");
                        }
                        inode.current = apply(inode.current, change);
                        inode.pending.add(change);
                    });
        }

        @Override
        public void force(boolean all) throws IOException {
            operate(
                    "force " + path,
                    () -> {
                        if (!lying) {
                            inode.durable = inode.current.clone();
                            inode.pending.clear();
                        }
                    });
        }

        @Override
        public void truncate(long size) throws IOException {
            operate(
                    "truncate " + path,
                    () -> {
                        var change = new Change(size, Optional.empty());
                        inode.current = apply(inode.current, change);
                        inode.pending.add(change);
                    });
        }

        @Override
        public void close() {}
    }
}
