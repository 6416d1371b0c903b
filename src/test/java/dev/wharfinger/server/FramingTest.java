package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Framing alone: the place of the fault, however the bytes are cut. {@link HostileHeadsTest} more.
 */
class FramingTest {
    private static final String TWO =
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
                    + "POST /mcp HTTP/1.1\r\nHost: [::1]:1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1;x\r\na\r\n0a\r\n0123456789\r\n0\r\n\r\n"
                    + "GET / HTTP/1.0\r\n\r\n";

    private static int fault(String text) {
        return new Framing().take(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), 0, text.length());
    }

    @Test
    void requestsBehindEachOtherAreSoundHoweverTheyAreCut() {
        assertThat(fault(TWO)).isEqualTo(TWO.length());
        ByteBuffer bytes = ByteBuffer.wrap(TWO.getBytes(ISO_8859_1));
        Framing framing = new Framing();
        for (int i = 0; i < TWO.length(); i++) {
            assertThat(framing.take(bytes, i, i + 1)).isEqualTo(i + 1);
        }
        assertThat(framing.isInBody()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\n",
                "GET / HTTP/1.1\r\nA: b\r\n c\r\n",
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab",
            })
    void theFaultIsTheLastByteOfTheseAndNothingBefore(String text) {
        assertThat(fault(text)).isEqualTo(text.length() - 1);
    }

    @Test
    void theFaultIsInTheSamePlaceHoweverTheBytesAreCut() {
        long seed = Long.getLong("wharf.seed", 20261129L);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = TWO.getBytes(ISO_8859_1);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            int whole = new Framing().take(ByteBuffer.wrap(bytes), 0, bytes.length);
            Framing cut = new Framing();
            int at = 0;
            while (at < bytes.length) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
                int fault = cut.take(ByteBuffer.wrap(bytes), at, end);
                at = fault;
                if (fault < end) {
                    break;
                }
            }
            assertThat(at).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: x y", "Host: x:0", "Host:", "Host: xx\r\nHost: x", "Host: x\u00e9"})
    void theHostOfEachRequestIsLookedAtAlsoAfterOneThatWasSound(String hosts) {
        String sound = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        assertThat(fault(sound + sound)).isEqualTo(2 * sound.length());
        String head = sound + "GET / HTTP/1.1\r\n" + hosts + "\r\n";
        assertThat(fault(head + "\r\n" + sound)).isEqualTo(head.length() - 1);
    }

    @Test
    void twoTimesTheSameHostIsAFaultAlsoAfterOneThatWasSound() {
        String sound = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        String head = sound + "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n";
        assertThat(fault(head + "\r\n")).isEqualTo(head.length() - 1);
    }

    @Test
    void aLineWithoutAnEndIsAFaultBeforeItFillsTheMemory() {
        assertThat(fault("GET /" + "x".repeat(1 << 20))).isEqualTo(16 << 10);
        String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(fault(head + "1;" + "x".repeat(1000))).isEqualTo(head.length() + 256);
    }
}
