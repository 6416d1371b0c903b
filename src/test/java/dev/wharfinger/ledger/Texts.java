package dev.wharfinger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/**
 * What the tests of this package share: bytes of texts, seeds, and the proof that nothing else
 * moved.
 */
final class Texts {
    private Texts() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static String text(Written written) {
        return text(written.bytes());
    }

    /** Prints the seed, which {@code -Dwharf.seed} sets. */
    static long seed(Class<?> test) {
        long seed = Long.getLong("wharf.seed", 20261126L);
        System.out.println(test.getSimpleName() + " seed " + seed);
        return seed;
    }

    static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Asserts that the new bytes are the old ones with something put in at one place. */
    static void assertOnlyInserted(byte[] before, byte[] after, String where) {
        assertThat(after.length).as(where).isGreaterThan(before.length);
        int same = 0;
        while (same < before.length && before[same] == after[same]) {
            same++;
        }
        int tail = 0;
        while (tail < before.length - same
                && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
            tail++;
        }
        assertThat(same + tail)
                .as(where + "\n" + text(before) + "\n---\n" + text(after))
                .isEqualTo(before.length);
    }

    /** The texts with both line ends, with and without a line end at the end, and with a BOM. */
    static java.util.List<byte[]> shapes(String text) {
        var bare = text.stripTrailing();
        return java.util.List.of(
                bytes(bare + "\n"),
                bytes(bare),
                bytes((bare + "\n").replace("\n", "\r\n")),
                bytes(bare.replace("\n", "\r\n")),
                bytes("\uFEFF" + bare + "\n"));
    }
}
