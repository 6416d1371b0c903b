package dev.wharfinger.workspace;

import java.io.IOException;
import java.io.InputStream;

/** An open file as a stream, which does not own it. */
final class FileStream extends InputStream {
    private final OpenFile file;

    FileStream(OpenFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = file.read(into, offset, length);
        return count == 0 ? -1 : count;
    }
}
