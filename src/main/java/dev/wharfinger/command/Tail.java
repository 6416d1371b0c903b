package dev.wharfinger.command;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/**
 * The end of a command's output. Takes any amount, keeps the last of it, and shows it clean: no
 * terminal sequences, no control characters, no text that turns direction, no secrets.
 */
final class Tail {
    /** What a result shows at most, in characters. */
    static final int SHOWN = 64 * 1024;

    /** Kept raw: more than is shown, so that cleaning does not bring a cut secret into view. */
    private static final int KEPT = 2 * SHOWN;

    /** CSI, OSC (ended by BEL or ST), and the other escape sequences. */
    private static final Pattern TERMINAL =
            Pattern.compile(
                    "[\\x1b]\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?"
                            + "|\\x1b[PX^_][^\\x1b]*(?:\\x1b\\\\)?|\\x1b[ -/]*[0-~]?"
                            + "|\\x9b[0-?]*[ -/]*[@-~]");

    /** C0 but tab and newline, DEL, C1, and what hides or reorders text. */
    private static final Pattern CONTROL =
            Pattern.compile(
                    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u202a-\\u202e"
                            + "\\u2060-\\u2069\\ufeff]");

    private final byte[] ring = new byte[KEPT];
    private long total;

    /** Takes everything up to the end of the stream, then closes it. */
    void drain(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(16 * 1024);
            long count = Posix.read(descriptor, buffer);
            for (; count > 0; count = Posix.read(descriptor, buffer)) {
                take(buffer.asSlice(0, count).toArray(JAVA_BYTE), (int) count);
            }
        } finally {
            Posix.close(descriptor);
        }
    }

    synchronized void take(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) ((total + i) % KEPT)] = bytes[i];
        }
        total += count;
    }

    /** The clean end of what was taken so far. */
    synchronized String text(Redactor redactor) {
        boolean cut = total > KEPT;
        byte[] bytes = new byte[(int) Math.min(total, KEPT)];
        long from = total - bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % KEPT)];
        }
        String clean = clean(new String(bytes, UTF_8));
        String redacted = cut ? redactor.redactTail(clean) : redactor.redact(clean);
        int start = Math.max(0, redacted.length() - SHOWN);
        if (start > 0 && Character.isLowSurrogate(redacted.charAt(start))) {
            start++;
        }
        return redacted.substring(start);
    }

    static String clean(String text) {
        String lines = TERMINAL.matcher(text).replaceAll("").replace("\r\n", "\n");
        return CONTROL.matcher(lines.replace('\r', '\n')).replaceAll("");
    }
}
