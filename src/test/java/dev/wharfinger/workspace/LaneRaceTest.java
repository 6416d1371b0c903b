package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads, listings and writes while the lane turns into a link to the outside and back. An escape is
 * a byte from outside that is read, a name from outside that is listed, or anything changed there.
 */
@EnabledOnOs(OS.LINUX)
class LaneRaceTest {
    private static final WorkspacePath LANE = WorkspacePath.of("lane");
    private static final WorkspacePath FILE = LANE.child("file");
    private static final WorkspacePath WRITTEN = LANE.child("written");
    private static final WorkspacePath MADE = LANE.child("made");

    private final AtomicLong escapes = new AtomicLong();
    private final AtomicLong successes = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private Path scratch;
    private SwappedLane lane;

    @BeforeEach
    void build() throws IOException {
        // In memory where there is such a place: what is raced is names, not the disk's patience.
        Path memory = Path.of("/dev/shm");
        scratch =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "wharf-race")
                        : Files.createTempDirectory("wharf-race");
        lane = new SwappedLane(scratch);
    }

    @AfterEach
    void clear() throws Exception {
        lane.close();
        try (var all = Files.walk(scratch)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void nothingEscapesOpenat2In210000Tries() throws Exception {
        try (Workspace workspace = Workspace.open(lane.root)) {
            assertThat(workspace.wall()).isEqualTo("openat2");
            race(workspace, 170_000, 20_000, 20_000);
        }
    }

    @Test
    void nothingEscapesThePortableWallIn20000Tries() throws Exception {
        try (Workspace workspace = Workspace.openPortable(lane.root, Set.of())) {
            race(workspace, 15_000, 3_000, 2_000);
        }
    }

    @Test
    void checkingTheRealPathFirstEscapesInTheSameRace() throws Exception {
        Path real = lane.root.toRealPath();
        lane.start();
        long end = System.nanoTime() + 30_000_000_000L;
        for (long i = 0; (i < 1000 || escapes.get() == 0) && System.nanoTime() < end; i++) {
            Path folder = lane.root.resolve("lane");
            if (!folder.toRealPath().startsWith(real)) {
                refusals.incrementAndGet();
                continue;
            }
            successes.incrementAndGet();
            Files.writeString(folder.resolve("naive"), "naive");
            if (Files.deleteIfExists(lane.outside.resolve("naive"))) {
                escapes.incrementAndGet();
            }
        }
        assertThat(escapes.get()).as("escapes of the naive way").isPositive();
    }

    private void race(Workspace workspace, int reads, int listings, int writes) throws Exception {
        try (Wall wall = Wall.best(lane.root);
                Folder real = wall.present(LANE)) {
            lane.start();
            try (var threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Void>> work =
                        List.of(
                                () -> reading(workspace, reads, listings),
                                () -> writing(workspace, real, writes));
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
            }
        }
        lane.close();
        assertThat(escapes.get()).as("escapes").isZero();
        assertThat(lane.marksOutside()).as("changes outside").isZero();
        assertThat(successes.get()).as("tries that found the true lane").isGreaterThan(500);
        assertThat(refusals.get()).as("tries that met a link").isGreaterThan(500);
        assertThat(lane.swaps()).isGreaterThan(1000);
    }

    private Void reading(Workspace workspace, int reads, int listings) {
        int every = Math.max(1, reads / listings);
        for (int i = 0; i < reads; i++) {
            switch (workspace.read(FILE, 1000)) {
                case Verdict.Granted<Optional<FileContent>>(var content) ->
                        judge(content.isEmpty() || isInside(content.get().text()));
                case Verdict.Refused<Optional<FileContent>>(var no) -> refusals.incrementAndGet();
            }
            if (i % every == 0) {
                switch (workspace.list(LANE, 2, 100)) {
                    case Verdict.Granted<Optional<List<FolderEntry>>>(var entries) ->
                            judge(entries.stream().flatMap(List::stream).noneMatch(this::isSecret));
                    case Verdict.Refused<Optional<List<FolderEntry>>>(var no) ->
                            refusals.incrementAndGet();
                }
            }
        }
        return null;
    }

    private Void writing(Workspace workspace, Folder real, int writes) throws IOException {
        String holds = SwappedLane.INSIDE;
        for (int i = 0; i < writes; i++) {
            String next = "inside " + i;
            if (i % 2 == 0) {
                holds = write(workspace, WRITTEN, Optional.of(holds), next) ? next : holds;
            } else if (write(workspace, MADE, Optional.empty(), next)) {
                real.remove("made");
            }
        }
        return null;
    }

    private boolean write(
            Workspace workspace, WorkspacePath path, Optional<String> holds, String next)
            throws IOException {
        byte[] bytes = FilesBehindWall.bytes(next);
        var grant =
                new WriteGrant(
                        path,
                        ContentHash.of(bytes),
                        holds.map(FilesBehindWall::bytes).map(ContentHash::of));
        try {
            workspace.commit(workspace.stage(grant, bytes));
            successes.incrementAndGet();
            return true;
        } catch (PathRefused refused) {
            refusals.incrementAndGet();
            return false;
        } catch (StaleWrite stale) {
            // Only what lies outside differs from what this thread wrote last.
            escapes.incrementAndGet();
            throw new UncheckedIOException(stale);
        }
    }

    private void judge(boolean harmless) {
        (harmless ? successes : escapes).incrementAndGet();
    }

    private static boolean isInside(String text) {
        return text.startsWith(SwappedLane.INSIDE);
    }

    private boolean isSecret(FolderEntry entry) {
        return entry.path().name().equals("secret");
    }
}
