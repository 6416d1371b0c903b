package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The private keys in a user's {@code .ssh}, as far as to see whether a passphrase guards them. */
record SshKeys(Optional<Path> folder) {
    private static final int MOST_FILES = 200;
    private static final int MOST_BYTES = 64 << 10;
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

    /** The readable keys that anybody who reads the file can use, as {@code ~/.ssh/NAME}. */
    List<String> withoutPassphrase() throws IOException {
        var open = new ArrayList<String>();
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return open;
        }
        try (var files = Files.list(folder.get())) {
            for (Path file : files.sorted().limit(MOST_FILES).toList()) {
                if (Files.isRegularFile(file)
                        && Files.isReadable(file)
                        && Files.size(file) <= MOST_BYTES
                        && isOpen(Files.readString(file, ISO_8859_1))) {
                    open.add("~/.ssh/" + file.getFileName());
                }
            }
        }
        return open;
    }

    /** A key that lives in a token is only a handle here, and needs its touch. */
    static boolean isOpen(String text) {
        String key = text.strip();
        if (key.startsWith(OPENSSH)) {
            return isOpenHere(key);
        }
        boolean pem = key.startsWith("-----BEGIN ") && key.contains("PRIVATE KEY-----");
        return pem && !key.contains("ENCRYPTED");
    }

    /** {@code openssh-key-v1}, NUL, then the cipher's name: {@code none} without a passphrase. */
    private static boolean isOpenHere(String key) {
        int end = key.indexOf("-----END");
        if (end < 0) {
            return false;
        }
        try {
            String base64 = key.substring(OPENSSH.length(), end).replaceAll("\\s", "");
            String inside = new String(Base64.getDecoder().decode(base64), ISO_8859_1);
            String magic =
                    new String("openssh-key-v1\0\0\0\0\4none".getBytes(US_ASCII), ISO_8859_1);
            return inside.startsWith(magic)
                    && !inside.contains("sk-ssh-")
                    && !inside.contains("sk-ecdsa-");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
