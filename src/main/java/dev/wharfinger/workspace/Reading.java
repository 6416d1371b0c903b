package dev.wharfinger.workspace;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** What an open file holds, read to its end from the descriptor that was judged. */
final class Reading {
    private static final int CHUNK = 64 * 1024;

    private Reading() {}

    /** All bytes, or a refusal as soon as there are more than the limit. */
    static byte[] bytes(OpenFile file, WorkspacePath path, long limit) throws IOException {
        long size = file.facts().size();
        if (size > limit) {
            throw PathRefused.tooLarge(path, size, limit);
        }
        byte[] bytes = new byte[Math.toIntExact(size) + 1];
        int length = 0;
        boolean more = true;
        while (more) {
            int wanted = Math.min(bytes.length - length, CHUNK);
            int part = file.read(bytes, length, wanted);
            more = part == wanted; // a regular file gives less only at its end
            length += Math.max(0, part);
            if (length > limit) {
                throw PathRefused.tooLarge(path, length, limit);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.multiplyExact(length, 2));
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /** The hash of all bytes, however many. */
    static ContentHash hash(OpenFile file) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        byte[] chunk = new byte[CHUNK];
        int part;
        while ((part = file.read(chunk, 0, chunk.length)) > 0) {
            digest.update(chunk, 0, part);
        }
        return new ContentHash(HexFormat.of().formatHex(digest.digest()));
    }
}
