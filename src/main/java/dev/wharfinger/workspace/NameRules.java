package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Optional;

/**
 * What one part of a path may be called. Pure: it looks at text only, so that whatever passes means
 * the same on every file system that a project meets.
 */
final class NameRules {
    static final int PART_BYTES = 255;
    static final int PATH_BYTES = 4096;
    static final int PARTS = 32;

    private NameRules() {}

    /** What is wrong with this part, as the end of a sentence, or nothing. */
    static Optional<String> problem(String part) {
        if (part.isEmpty()) {
            return Optional.of("is empty");
        }
        if (part.equals(".") || part.equals("..")) {
            return Optional.of("is a step, not a name");
        }
        Optional<String> character =
                part.codePoints()
                        .filter(c -> !isAllowed(c))
                        .mapToObj(c -> "holds " + describe(c))
                        .findFirst();
        if (character.isPresent()) {
            return character;
        }
        if (part.startsWith(" ") || part.endsWith(" ")) {
            return Optional.of("begins or ends with a blank");
        }
        if (part.endsWith(".")) {
            return Optional.of("ends with a dot");
        }
        if (part.length() * 3L > PART_BYTES && part.getBytes(UTF_8).length > PART_BYTES) {
            return Optional.of("is longer than " + PART_BYTES + " bytes");
        }
        if (!Normalizer.isNormalized(part, Normalizer.Form.NFC)) {
            return Optional.of("is not in Unicode normal form NFC");
        }
        return Optional.empty();
    }

    private static boolean isAllowed(int c) {
        if (c < 0x80) {
            return c >= ' ' && c != 0x7f && c != '/' && c != '\\' && c != ':';
        }
        return !isIgnorable(c)
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR ->
                            false;
                    default -> true;
                };
    }

    /**
     * Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties, as far as the general
     * category does not say so already.
     */
    private static boolean isIgnorable(int c) {
        return c == 0x034F // combining grapheme joiner
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0 // Hangul fillers
                || c == 0x17B4
                || c == 0x17B5 // Khmer inherent vowels
                || c == 0x2800 // braille blank: not ignorable, but as invisible
                || c == 0xFFFD // what a broken decoder leaves behind
                || c >= 0x180B && c <= 0x180F // Mongolian selectors
                || c >= 0x2060 && c <= 0x206F
                || c >= 0xFE00 && c <= 0xFE0F // variation selectors
                || c >= 0xFFF0 && c <= 0xFFF8
                || c >= 0xE0000 && c <= 0xE0FFF;
    }

    private static String describe(int c) {
        return switch (c) {
            case '\\' -> "a backslash";
            case ':' -> "a colon";
            case '/' -> "a slash";
            default ->
                    "the character U+%04X, which is invisible or has no fixed meaning".formatted(c);
        };
    }

    /** The text with everything invisible written as {@code U+XXXX}, cut to what a line bears. */
    static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(200)
                .forEach(c -> {
                    if (c == '\\' || c == ':' || c == '/' || isAllowed(c)) {
                        shown.appendCodePoint(c == '`' ? '\'' : c);
                    } else {
                        shown.append("<U+%04X>".formatted(c));
                    }
                });
        return text.codePointCount(0, text.length()) > 200 ? shown + "…" : shown.toString();
    }
}
