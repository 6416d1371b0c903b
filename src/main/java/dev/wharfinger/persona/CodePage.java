package dev.wharfinger.persona;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A single-byte encoding as which UTF-8 bytes were once read by mistake: which byte each character
 * stands for, and which bytes it has no character for (those were lost).
 */
record CodePage(String name, Map<Character, Integer> bytes, List<Integer> lost) {
    private static final char UNDEFINED = '\uFFFD';

    CodePage {
        bytes = Map.copyOf(bytes); // only looked up, never listed
        lost = List.copyOf(lost);
    }

    /**
     * The pages that mistakes are made with, likeliest first; those this JDK does not know are not
     * tried.
     */
    static List<CodePage> all() {
        return List.of("windows-1252", "x-MacRoman", "IBM437", "IBM850").stream()
                .filter(Charset::isSupported)
                .map(CodePage::named)
                .toList();
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
