package dev.wharfinger.persona;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A single-byte encoding as which UTF-8 bytes were once read by mistake: which byte each character
 * stands for, and which bytes it has no character for (those were lost).
 */
record CodePage(String name, Map<Character, Integer> bytes, List<Integer> lost) {
    private static final char UNDEFINED = '\uFFFD';

    /** The usual mistakes, likeliest first, and as what they show the first byte of a symbol. */
    private static final SequencedMap<String, String> USUAL = usual();

    CodePage {
        bytes = Map.copyOf(bytes); // only looked up, never listed
        lost = List.copyOf(lost);
    }

    /** Which characters beyond ASCII a text has. */
    static BitSet charactersOf(String text) {
        var found = new BitSet();
        for (char c : text.toCharArray()) {
            if (c >= 0x80) {
                found.set(c);
            }
        }
        return found;
    }

    /**
     * The pages in which a text of these characters may have been read; most texts need none, and
     * load none.
     */
    static List<CodePage> suspectedIn(BitSet characters) {
        return USUAL.entrySet().stream()
                .filter(page -> page.getValue().chars().anyMatch(characters::get))
                .map(Map.Entry::getKey)
                .filter(Charset::isSupported)
                .map(CodePage::named)
                .toList();
    }

    /** The page that nearly every such mistake is made with. */
    static CodePage likeliest() {
        return named(USUAL.firstEntry().getKey());
    }

    private static SequencedMap<String, String> usual() {
        var usual = new LinkedHashMap<String, String>();
        usual.put("windows-1252", "\u00E2\u00F0");
        usual.put("x-MacRoman", "\u201A\uF8FF");
        usual.put("IBM437", "\u0393\u2261");
        usual.put("IBM850", "\u00D4\u00AD");
        return usual;
    }

    private static CodePage named(String name) {
        Charset charset = Charset.forName(name);
        var bytes = new HashMap<Character, Integer>();
        var lost = new ArrayList<Integer>();
        for (int value = 0x80; value <= 0xFF; value++) {
            char c = new String(new byte[] {(byte) value}, charset).charAt(0);
            if (c == UNDEFINED) {
                lost.add(value);
                bytes.put((char) value, value); // ISO 8859-1 keeps such a byte as a control
            } else {
                bytes.put(c, value);
            }
        }
        if (name.equals("windows-1252")) {
            for (int control = 0x80; control < 0xA0; control++) {
                bytes.putIfAbsent((char) control, control);
            }
        }
        return new CodePage(name, bytes, lost);
    }

    /** The byte that this character was, or -1. */
    int byteOf(char c) {
        return bytes.getOrDefault(c, -1);
    }

    boolean isContinuation(char c) {
        int value = byteOf(c);
        return value >= 0x80 && value <= 0xBF;
    }
}
