package dev.wharfinger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What a crash left behind the last good entry, up to its last byte that is not zero. */
record TornTail(long bytes, String sha256) {
    private static final int CHUNK = 64 * 1024;

    /** Everything in the file from this byte on. */
    static TornTail read(DiskFile file, long from) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long end = from;
        for (long at = from; at < file.size(); at += CHUNK) {
            int length = file.read(ByteBuffer.wrap(buffer), at);
            for (int i = 0; i < length; i++) {
                end = buffer[i] == 0 ? end : at + i + 1;
            }
        }
        MessageDigest sha = Hasher.sha256();
        for (long at = from; at < end; at += CHUNK) {
            int length = file.read(ByteBuffer.wrap(buffer), at);
            sha.update(buffer, 0, (int) Math.min(length, end - at));
        }
        return new TornTail(end - from, HexFormat.of().formatHex(sha.digest()));
    }
}
