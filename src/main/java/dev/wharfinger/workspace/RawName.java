package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * File names as bytes. Under {@code LC_ALL=C} (systemd's default) the JDK takes names for ASCII and
 * throws at every other; a {@code file:} URI is the one way through {@link Path} that carries bytes
 * as they are.
 */
final class RawName {
    private RawName() {}

    /** The bytes of a path, whatever the locale makes of them. */
    static byte[] bytes(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text.getBytes(UTF_8);
        }
        byte[] bytes = decode(path.toUri().getRawPath());
        int length = bytes.length;
        while (length > 1 && bytes[length - 1] == '/') {
            length--;
        }
        return java.util.Arrays.copyOf(bytes, length);
    }

    /** One name as a relative path. */
    static Path path(String name) {
        if (isAscii(name)) {
            return Path.of(name);
        }
        var uri = new StringBuilder("file:///");
        for (byte b : name.getBytes(UTF_8)) {
            uri.append("%%%02X".formatted(b & 0xff));
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }

    /** The last name of a path, or nothing where it is not UTF-8. */
    static Optional<String> name(Path path) {
        Path last = path.getFileName();
        if (isAscii(last.toString())) {
            return Optional.of(last.toString());
        }
        byte[] bytes = bytes(last);
        int from = bytes.length;
        while (from > 0 && bytes[from - 1] != '/') {
            from--;
        }
        try {
            ByteBuffer name = ByteBuffer.wrap(bytes, from, bytes.length - from);
            return Optional.of(UTF_8.newDecoder().decode(name).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] decode(String rawPath) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
