package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The log in tiles: every hash is the root over the leaves that the layout says it covers. */
class TilesTest {
    private static final int SIZE = 2 * 65_536 + 3 * 256 + 7;
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "tile/0/000, 0, 0, 256",
        "tile/0/000.p/1, 0, 0, 1",
        "tile/1/012.p/255, 1, 12, 255",
        "tile/63/999, 63, 999, 256",
        "tile/0/x001/000, 0, 1000, 256",
        "tile/2/x123/x456/789.p/9, 2, 123456789, 9",
        "tile/entries/x001/234.p/5, -1, 1234, 5"
    })
    void aTileHasOneName(String text, int level, long number, int width) {
        assertThat(TilePath.parse(text)).contains(new TilePath(level, number, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/0",
                "tile/0/x000/001",
                "tile/0/x001",
                "tile/0/001/002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/999",
                "tile/64/000",
                "tile/00/000",
                "tile/-1/000",
                "tile/entries/",
                "tile/data/000",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/../0/000",
                "tile/0/x1/000",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/٠٠٠"
            })
    void whatIsWrittenOtherwiseIsNone(String text) {
        assertThat(TilePath.parse(text)).isEmpty();
    }

    @Test
    void everyHashIsTheRootOverWhatItCovers() throws Exception {
        var leaves = new ArrayList<Digest>();
        var lines = new ArrayList<String>();
        try (FileJournal journal =
                FileJournal.open(folder, "example.com/journal/shop", Clock.systemUTC())) {
            for (int i = 0; i < SIZE; i++) {
                String line = "{\"n\":" + i + "}";
                journal.append(line);
                lines.add(line);
                leaves.add(Digest.ofLeaf(line.getBytes(StandardCharsets.UTF_8)));
            }
            journal.awaitDurable(SIZE - 1);

            assertThat(hashes(journal, 0, 0, 256)).isEqualTo(leaves.subList(0, 256));
            assertThat(hashes(journal, 0, 512, 256))
                    .isEqualTo(leaves.subList(512 * 256, 513 * 256));
            assertThat(hashes(journal, 0, 515, 7)).isEqualTo(leaves.subList(515 * 256, SIZE));
            assertThat(hashes(journal, 1, 1, 256)).isEqualTo(roots(leaves, 256, 256, 512));
            assertThat(hashes(journal, 1, 2, 3)).isEqualTo(roots(leaves, 256, 512, 515));
            assertThat(hashes(journal, 2, 0, 2)).isEqualTo(roots(leaves, 65_536, 0, 2));
            assertThat(bundle(journal, 514, 256)).isEqualTo(lines.subList(514 * 256, 515 * 256));
            assertThat(bundle(journal, 515, 7)).isEqualTo(lines.subList(515 * 256, SIZE));

            for (TilePath tooLarge :
                    List.of(
                            new TilePath(0, 515, 8),
                            new TilePath(0, 515, 256),
                            new TilePath(0, 999_999_999_999_999L, 1),
                            new TilePath(1, 2, 4),
                            new TilePath(2, 0, 3),
                            new TilePath(3, 0, 1),
                            new TilePath(63, 0, 1),
                            new TilePath(TilePath.ENTRIES, 516, 1))) {
                assertThat(journal.tile(tooLarge)).as(tooLarge.toString()).isEmpty();
            }
        }
    }

    private static List<Digest> roots(List<Digest> leaves, int over, int from, int to) {
        var roots = new ArrayList<Digest>();
        for (int i = from; i < to; i++) {
            roots.add(new MerkleTree(leaves.subList(i * over, (i + 1) * over)).root());
        }
        return roots;
    }

    private static List<Digest> hashes(FileJournal journal, int level, long number, int width) {
        var bytes = ByteBuffer.wrap(journal.tile(new TilePath(level, number, width)).orElseThrow());
        var hashes = new ArrayList<Digest>();
        while (bytes.hasRemaining()) {
            var one = new byte[Digest.BYTES];
            bytes.get(one);
            hashes.add(Digest.of(one));
        }
        return hashes;
    }

    private static List<String> bundle(FileJournal journal, long number, int width) {
        var path = new TilePath(TilePath.ENTRIES, number, width);
        var bytes = ByteBuffer.wrap(journal.tile(path).orElseThrow());
        var lines = new ArrayList<String>();
        while (bytes.hasRemaining()) {
            var one = new byte[Short.toUnsignedInt(bytes.getShort())];
            bytes.get(one);
            lines.add(new String(one, StandardCharsets.UTF_8));
        }
        return lines;
    }
}
