package dev.wharfinger.workspace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of bytes that are not yet a file: {@code .<128 random bits>.tmp}. */
final class TempName {
    private static final Pattern FORM = Pattern.compile("\\.[0-9a-f]{32}\\.tmp");

    private TempName() {}

    static String fresh() {
        byte[] bits = new byte[16];
        Source.RANDOM.nextBytes(bits);
        return "." + HexFormat.of().formatHex(bits) + ".tmp";
    }

    /**
     * Set up when the first name is made: it costs a process that only reads fifty milliseconds.
     */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    static boolean isOne(String name) {
        return name.length() == 37 && FORM.matcher(name).matches();
    }
}
