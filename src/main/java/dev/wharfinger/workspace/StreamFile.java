package dev.wharfinger.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;

/** A regular file behind {@link StreamWall}. */
final class StreamFile implements OpenFile {
    private final FileChannel channel;
    private final Facts facts;

    StreamFile(FileChannel channel, Facts facts) {
        this.channel = channel;
        this.facts = facts;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return Math.max(0, channel.read(ByteBuffer.wrap(into, offset, length)));
    }

    @Override
    public boolean isHeld() throws IOException {
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException heldHere) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
