package dev.wharfinger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.markdown.MarkdownUnreadable;
import dev.wharfinger.markdown.Outline;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one ledger file as lines with their ends, and as an outline where it has one. Every
 * edit keeps all bytes that it does not name: line ends, a byte order mark, the missing last line
 * end. A text that is not UTF-8 is read with replacements and never edited.
 */
final class LedgerText {
    /** Bytes that a ledger file may have. */
    static final int LIMIT = 2 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String file;
    private final byte[] bytes;
    private final String mark;
    private final String text;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final Outline outline;
    private final Optional<Problem> problem;

    /** Why a file gives no outline or takes no edit, and where. */
    record Problem(int line, String reason) {}

    private LedgerText(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes.clone();
        var decoded = decode(bytes);
        var all = decoded.orElseGet(() -> new String(bytes, UTF_8));
        this.mark = all.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        this.text = all.substring(mark.length());
        findLines();
        Outline read = new Outline(file, Optional.empty(), List.of(), List.of(), List.of());
        Optional<Problem> found = Optional.empty();
        try {
            read = Outline.parse(file, text, LIMIT);
        } catch (MarkdownUnreadable unreadable) {
            found = Optional.of(new Problem(unreadable.line(), unreadable.reason()));
        }
        this.outline = read;
        this.problem = decoded.isEmpty() ? Optional.of(notUtf8()) : found;
    }

    static LedgerText of(String file, byte[] bytes) {
        return new LedgerText(file, bytes);
    }

    String file() {
        return file;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** The whole text, as decoded and without a byte order mark. */
    String text() {
        return text;
    }

    /** An empty outline where the file gives none. */
    Outline outline() {
        return outline;
    }

    Optional<Problem> problem() {
        return problem;
    }

    int lineCount() {
        return starts.size();
    }

    /** A line without its end, counted from 1. */
    String line(int line) {
        return text.substring(starts.get(line - 1), ends.get(line - 1));
    }

    boolean isBlank(int line) {
        return line(line).isBlank();
    }

    /** The last line at or before this one that is not blank, or 0. */
    int lastFilled(int line) {
        int filled = Math.min(line, lineCount());
        while (filled > 0 && isBlank(filled)) {
            filled--;
        }
        return filled;
    }

    LedgerUnwritable unwritable(int line, String reason) {
        return new LedgerUnwritable(file, line, reason);
    }

    /** Throws where the file as a whole may not be edited. */
    void requireWritable() throws LedgerUnwritable {
        if (problem.isPresent()) {
            throw unwritable(problem.get().line(), problem.get().reason());
        }
    }

    /** These bytes with a part of one line replaced; offsets in chars of the line. */
    byte[] replaced(int line, int start, int end, String replacement) {
        int at = starts.get(line - 1);
        return encode(text.substring(0, at + start) + replacement + text.substring(at + end));
    }

    /** These bytes with whole lines put below a line; line 0 puts them at the top. */
    byte[] inserted(int afterLine, List<String> added) {
        var lineEnd = lineEndNear(afterLine);
        if (afterLine == lineCount() && !endsWithLineEnd()) {
            // The file keeps its habit of no line end at the end.
            var before = text.isEmpty() ? "" : text + lineEnd;
            return encode(before + String.join(lineEnd, added) + (text.isEmpty() ? lineEnd : ""));
        }
        int at = afterLine == lineCount() ? text.length() : starts.get(afterLine);
        var block = String.join(lineEnd, added) + lineEnd;
        return encode(text.substring(0, at) + block + text.substring(at));
    }

    private boolean endsWithLineEnd() {
        return !text.isEmpty() && "\r\n".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private String lineEndNear(int line) {
        for (int i = Math.max(1, line); i >= 1; i--) {
            if (i <= lineCount() && !endOf(i).isEmpty()) {
                return endOf(i);
            }
        }
        return lineCount() > 0 && !endOf(1).isEmpty() ? endOf(1) : "\n";
    }

    private String endOf(int line) {
        int next = line < lineCount() ? starts.get(line) : text.length();
        return text.substring(ends.get(line - 1), next);
    }

    private void findLines() {
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                starts.add(start);
                ends.add(i);
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                start = i + 1;
            }
        }
        if (start < text.length()) {
            starts.add(start);
            ends.add(text.length());
        }
    }

    private byte[] encode(String changed) {
        return (mark + changed).getBytes(UTF_8);
    }

    private Problem notUtf8() {
        for (int line = 1; line <= lineCount(); line++) {
            if (line(line).indexOf('\uFFFD') >= 0) {
                return new Problem(line, "the line is not UTF-8");
            }
        }
        return new Problem(0, "the file is not UTF-8");
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(
                    UTF_8.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
