package dev.wharfinger.persona;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * A persona file's bytes as text: UTF-8 with a byte order mark or without, other encodings and
 * twice-encoded emoji read round, each time with a warning that names the lines. Line ends are kept
 * as LF; line numbers stay what an editor shows.
 */
record SourceText(String text, List<Warning> warnings) {
    SourceText {
        warnings = List.copyOf(warnings);
    }

    static SourceText of(String file, byte[] bytes) throws PersonaUnreadable {
        var warnings = new ArrayList<Warning>();
        String text = decode(file, bytes, warnings);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new PersonaUnreadable(
                    new Source(file, lineAt(text, nul)),
                    "a NUL byte: this is no text",
                    "Save the file as UTF-8 text");
        }
        text = text.replace("\r\n", "\n").replace('\r', '\n');
        var repair = Mojibake.repair(text);
        repair.page().ifPresent(page -> warnings.add(warning(file, page, repair)));
        return new SourceText(repair.text(), warnings);
    }

    private static Warning warning(String file, String page, Mojibake.Repair repair) {
        String lost =
                repair.guessed().isEmpty()
                        ? ""
                        : "; bytes were lost in "
                                + lines(repair.guessed())
                                + " and the characters matched from what is left";
        return new Warning(
                new Source(file, repair.repaired().getFirst()),
                "UTF-8 was once read as "
                        + page
                        + " and saved again; repaired in "
                        + lines(repair.repaired())
                        + lost
                        + ". Save the repaired text as UTF-8");
    }

    private static String decode(String file, byte[] bytes, List<Warning> warnings) {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF) {
            Charset charset = (bytes[0] & 0xFF) == 0xFE ? UTF_16BE : UTF_16LE;
            if (bytes[0] != bytes[1] && ((bytes[0] & 0xFF) == 0xFE || (bytes[0] & 0xFF) == 0xFF)) {
                warnings.add(new Warning(new Source(file, 0), "read as UTF-16. Save it as UTF-8"));
                return new String(bytes, charset);
            }
        }
        return utf8OrByLine(file, bytes, warnings);
    }

    private static String utf8OrByLine(String file, byte[] bytes, List<Warning> warnings) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return byLine(file, bytes, warnings);
        }
    }

    /** A line that is not UTF-8 is read as Windows-1252, which is what editors wrote before. */
    private static String byLine(String file, byte[] bytes, List<Warning> warnings) {
        var text = new StringBuilder();
        var other = new ArrayList<Integer>();
        int start = 0;
        int number = 1;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, bytes.length);
            try {
                text.append(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start)));
            } catch (CharacterCodingException notUtf8) {
                other.add(number);
                text.append(new String(bytes, start, end - start, Charset.forName("windows-1252")));
            }
            start = end;
            number++;
        }
        if (!other.isEmpty()) {
            warnings.add(
                    new Warning(
                            new Source(file, other.getFirst()),
                            "not UTF-8, read as windows-1252: "
                                    + lines(other)
                                    + ". Save the file as UTF-8"));
        }
        return text.toString();
    }

    /** {@code line 3} or {@code lines 13, 29–34}. */
    static String lines(List<Integer> numbers) {
        var text = new StringBuilder();
        int i = 0;
        while (i < numbers.size()) {
            int last = i;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(numbers.get(i));
            if (last > i) {
                text.append(last == i + 1 ? ", " : "–").append(numbers.get(last));
            }
            i = last + 1;
        }
        return (numbers.size() == 1 ? "line " : "lines ") + text;
    }

    private static int lineAt(String text, int offset) {
        return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
