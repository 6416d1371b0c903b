package dev.wharfinger.workspace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of bytes that are not yet a file: {@code .<128 random bits>.tmp}. */
final class TempName {
    private static final Pattern FORM = Pattern.compile("\\.[0-9a-f]{32}\\.tmp");

    private TempName() {}

    static String fresh(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return "." + HexFormat.of().formatHex(bits) + ".tmp";
    }

    static boolean isOne(String name) {
        return name.length() == 37 && FORM.matcher(name).matches();
    }
}
