package dev.wharfinger.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A lane whose folder and whose file turn into links to the outside and back, as fast as one thread
 * can swap them. Each swap is one {@code renameat2(RENAME_EXCHANGE)}, so that the name is never
 * missing: it is always the true one or the wrong one.
 */
final class SwappedLane implements AutoCloseable {
    static final String INSIDE = "inside";
    static final String OUTSIDE = "outside";

    private static final int EXCHANGE = 2;

    final Path root;
    final Path outside;
    private final Kernel kernel = new Kernel(Machine.here().orElseThrow());
    private final Thread swapper;
    private volatile boolean ended;
    private volatile long swaps;

    SwappedLane(Path scratch) throws IOException {
        root = Files.createDirectories(scratch.resolve("project"));
        outside = Files.createDirectories(scratch.resolve("outside"));
        Path lane = Files.createDirectory(root.resolve("lane"));
        for (String name : List.of("file", "written")) {
            Files.writeString(lane.resolve(name), INSIDE);
            Files.writeString(outside.resolve(name), OUTSIDE);
        }
        Files.writeString(outside.resolve("secret"), OUTSIDE);
        Files.createSymbolicLink(root.resolve("decoy"), outside);
        Files.createSymbolicLink(lane.resolve("link"), outside.resolve("secret"));
        swapper = new Thread(this::swap, "swapper");
    }

    void start() {
        swapper.start();
    }

    long swaps() {
        return swaps;
    }

    /** Files outside that somebody made or changed. */
    long marksOutside() throws IOException {
        long marks = 0;
        for (String name : FilesBehindWall.names(outside)) {
            boolean ours = List.of("file", "written", "secret").contains(name);
            if (!ours || !Files.readString(outside.resolve(name)).equals(OUTSIDE)) {
                marks++;
            }
        }
        return marks;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        swapper.join();
    }

    private void swap() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment lane = name(arena, "lane");
            MemorySegment decoy = name(arena, "decoy");
            MemorySegment file = name(arena, "lane/file");
            MemorySegment link = name(arena, "lane/link");
            while (!ended) {
                exchange(file, link);
                exchange(lane, decoy);
                exchange(lane, decoy);
                exchange(file, link);
                swaps += 4;
            }
        }
    }

    private MemorySegment name(Arena arena, String name) {
        return arena.allocateFrom(root.resolve(name).toString());
    }

    private void exchange(MemorySegment one, MemorySegment other) {
        try (Arena arena = Arena.ofConfined()) {
            int here = Kernel.WORKING_FOLDER;
            long result =
                    kernel.call(
                            arena,
                            kernel.machine().renameat2,
                            here,
                            one.address(),
                            here,
                            other.address(),
                            EXCHANGE);
            if (result != 0) {
                throw new IllegalStateException("swap: error " + -result);
            }
        }
    }
}
