package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFileAttributeView;

/** A file made behind {@link StreamWall}. */
final class StreamNewFile implements NewFile {
    private final FileChannel channel;
    private final PosixFileAttributeView view;
    private final Object key;

    StreamNewFile(FileChannel channel, PosixFileAttributeView view, Object key) {
        this.channel = channel;
        this.view = view;
        this.key = key;
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public void mode(int mode) throws IOException {
        view.setPermissions(StreamFacts.permissions(mode));
    }

    @Override
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
