package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * What a file held when it was read: its bytes and their hash, taken from one open descriptor. The
 * array is not copied; whoever gets it must not change it. Two are equal when path and hash are.
 */
public record FileContent(WorkspacePath path, byte[] bytes, ContentHash hash) {

    /** The content of these bytes, hashed here. */
    public static FileContent of(WorkspacePath path, byte[] bytes) {
        return new FileContent(path, bytes, ContentHash.of(bytes));
    }

    /** The bytes as UTF-8; what is not UTF-8 shows as U+FFFD, so ask {@link #isText()} first. */
    public String text() {
        return new String(bytes, UTF_8);
    }

    /** Whether the bytes are well-formed UTF-8 without a NUL. */
    public boolean isText() {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that
                && path.equals(that.path)
                && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + hash.hashCode();
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes, " + hash + ")";
    }
}
