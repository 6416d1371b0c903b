package dev.wharfinger.persona;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text whose UTF-8 bytes were once read in a single-byte encoding and saved again: {@code âœ…} for
 * ✅. Undone where the bytes are still there; where the encoding had no character for a byte and so
 * lost it, the character is matched from what is left, and only if one answer stands out.
 */
final class Mojibake {
    /** What persona files are written with wins where lost bytes leave a choice. */
    private static final List<Integer> USUAL =
            "💤🛠⏳✅❌🚨🔄🛡🏁⚠🚀📋🔒🔍🧪📦🎯🔥🟢🟡🔴”".codePoints().boxed().toList();

    private static final int VARIATION_SELECTOR = 0xFE0F;
    private static final char REPLACED = '\uFFFD';

    /** A byte that was lost, but whose place is known: a program wrote U+FFFD for it. */
    private static final int LOST = -1;

    private static final int MOST_ROUNDS = 3;

    private final CodePage page;
    private final boolean certain;
    private final Map<List<Integer>, List<Integer>> candidates = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private int repaired;
    private int sure;
    private int guessed;
    private int before;

    private Mojibake(CodePage page, boolean certain) {
        this.page = page;
        this.certain = certain;
    }

    /**
     * A repaired text.
     *
     * @param page the encoding it had been read in; empty if nothing was wrong
     * @param repaired the lines that were changed, from 1
     * @param guessed those of them in which bytes were lost
     */
    record Repair(
            String text, Optional<String> page, List<Integer> repaired, List<Integer> guessed) {
        Repair {
            repaired = List.copyOf(repaired);
            guessed = List.copyOf(guessed);
        }
    }

    /** Undoes the mistake; a text without it comes back as it is. */
    static Repair repair(String text) {
        BitSet characters = CodePage.charactersOf(text);
        for (CodePage page : CodePage.suspectedIn(characters)) {
            if (isSure(text, page)) {
                return repair(text, page, true);
            }
        }
        boolean suspect = "\u00C2\u00C3\u00E2\u00F0".chars().anyMatch(characters::get);
        return suspect
                ? repair(text, CodePage.likeliest(), false)
                : new Repair(text, Optional.empty(), List.of(), List.of());
    }

    private static boolean isSure(String text, CodePage page) {
        var trial = new Mojibake(page, false);
        text.lines().forEach(trial::line);
        return trial.sure > 0;
    }

    private static Repair repair(String text, CodePage page, boolean certain) {
        var mojibake = new Mojibake(page, certain);
        var lines = new ArrayList<String>(List.of(text.split("\n", -1)));
        var repaired = new ArrayList<Integer>();
        var guessed = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            boolean changed = false;
            boolean lost = false;
            for (int round = 0; round < MOST_ROUNDS; round++) { // some texts were saved twice
                String fixed = mojibake.line(lines.get(i));
                if (mojibake.repaired == 0) {
                    break;
                }
                changed = true;
                lost |= mojibake.guessed > 0;
                lines.set(i, fixed);
            }
            if (changed) {
                repaired.add(i + 1);
            }
            if (lost) {
                guessed.add(i + 1);
            }
        }
        Optional<String> name = repaired.isEmpty() ? Optional.empty() : Optional.of(page.name());
        return new Repair(String.join("\n", lines), name, repaired, guessed);
    }

    private String line(String line) {
        out.setLength(0);
        repaired = 0;
        guessed = 0;
        before = 0;
        int i = 0;
        while (i < line.length()) {
            int lead = page.byteOf(line.charAt(i));
            int length = lengthBehind(lead);
            int used = length == 0 ? 0 : whole(line, i, lead, length);
            if (used == 0 && length > 1) {
                used = broken(line, i, lead, length);
            }
            if (used == 0) {
                before = line.charAt(i);
                out.append(line.charAt(i));
                used = 1;
            }
            i += used;
        }
        return out.toString();
    }

    /** How many continuation bytes a first byte asks for; 0 if it is none. */
    private static int lengthBehind(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 1;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 2;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
    }

    private int whole(String line, int start, int lead, int length) {
        if (start + length >= line.length()) {
            return 0;
        }
        byte[] bytes = new byte[length + 1];
        bytes[0] = (byte) lead;
        for (int k = 1; k <= length; k++) {
            char c = line.charAt(start + k);
            if (!page.isContinuation(c)) {
                return 0;
            }
            bytes[k] = (byte) page.byteOf(c);
        }
        Optional<Integer> decoded = decode(bytes).filter(this::isPlausible);
        decoded.ifPresent(codePoint -> {
            append(codePoint);
            sure += length >= 2 ? 1 : 0;
        });
        return decoded.isPresent() ? length + 1 : 0;
    }

    /** A symbol is what such files break; other scripts only where the mistake is certain. */
    private boolean isPlausible(int codePoint) {
        if (codePoint < 0xA0) {
            return false;
        }
        return certain
                || codePoint <= 0xFF
                || (codePoint >= 0x2010 && codePoint <= 0x2BFF)
                || Character.isEmoji(codePoint);
    }

    private int broken(String line, int start, int lead, int length) {
        var left = new ArrayList<Integer>();
        int next = start + 1;
        while (next < line.length()
                && left.size() < length
                && (page.isContinuation(line.charAt(next)) || line.charAt(next) == REPLACED)) {
            left.add(line.charAt(next) == REPLACED ? LOST : page.byteOf(line.charAt(next)));
            next++;
        }
        boolean complete = left.size() >= length && !left.contains(LOST);
        if (complete || left.stream().allMatch(value -> value == LOST)) {
            return 0;
        }
        if (isSpaceForNoBreakSpace(line, next, length - left.size())) {
            left.add(0xA0);
            next++;
        }
        Optional<Integer> found = choose(candidates(lead, left, length));
        if (found.isEmpty() && !(lead == 0xF0 && left.getFirst() == 0x9F)) {
            return 0; // two letters that may well stand beside each other
        }
        append(found.orElse(0xFFFD));
        guessed++;
        return next - start;
    }

    /** The no-break space of 🛠️ ({@code F0 9F 9B A0}) often became a plain one on the way. */
    private static boolean isSpaceForNoBreakSpace(String line, int at, int missing) {
        return missing == 1 && line.startsWith(" \u00EF\u00B8", at);
    }

    /** Few sequences are broken, and those often: a hostile file may hold a hundred thousand. */
    private List<Integer> candidates(int lead, List<Integer> left, int length) {
        return candidates.computeIfAbsent(
                with(left, lead),
                _ -> {
                    var found = new ArrayList<Integer>();
                    fill(lead, left, length, new ArrayList<>(), found);
                    return found;
                });
    }

    /** Every way to put lost bytes between those that are left. */
    private void fill(
            int lead, List<Integer> left, int length, List<Integer> built, List<Integer> found) {
        if (built.size() == length) {
            if (left.isEmpty()) {
                byte[] bytes = new byte[length + 1];
                bytes[0] = (byte) lead;
                for (int k = 0; k < length; k++) {
                    bytes[k + 1] = built.get(k).byteValue();
                }
                decode(bytes).filter(one -> !found.contains(one)).ifPresent(found::add);
            }
            return;
        }
        if (!left.isEmpty()) {
            List<Integer> rest = left.subList(1, left.size());
            List<Integer> values = left.getFirst() == LOST ? page.lost() : left.subList(0, 1);
            for (int value : values) {
                fill(lead, rest, length, with(built, value), found);
            }
        }
        if (length - built.size() > left.size()) {
            for (int lost : page.lost()) {
                fill(lead, left, length, with(built, lost), found);
            }
        }
    }

    private static List<Integer> with(List<Integer> built, int value) {
        var longer = new ArrayList<>(built);
        longer.add(value);
        return longer;
    }

    private Optional<Integer> choose(List<Integer> candidates) {
        if (candidates.contains(VARIATION_SELECTOR) && Character.isEmoji(before)) {
            return Optional.of(VARIATION_SELECTOR);
        }
        List<Integer> usual = candidates.stream().filter(USUAL::contains).toList();
        List<Integer> emoji =
                candidates.stream().filter(Character::isEmojiPresentation).distinct().toList();
        if (usual.size() == 1) {
            return Optional.of(usual.getFirst());
        }
        return emoji.size() == 1 ? Optional.of(emoji.getFirst()) : Optional.empty();
    }

    private void append(int codePoint) {
        out.appendCodePoint(codePoint);
        before = codePoint;
        repaired++;
    }

    private static Optional<Integer> decode(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.codePointAt(0));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
