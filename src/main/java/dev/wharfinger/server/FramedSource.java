package dev.wharfinger.server;

import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection as far as they are framed soundly. A head at fault ends in a NUL,
 * which the reader behind answers with 400; a body at fault is an error; nothing comes after.
 *
 * <p>Bodies must be read, not transferred: that way goes past this. It is Undertow's way to drop a
 * body that nobody read, which {@link Farewell} does instead.
 */
final class FramedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    /** Whoever sends more at once waits until others had their turn. */
    private static final int TURN_BYTES = 64 << 10;

    private final Framing framing = new Framing();
    private boolean ended;
    private int turn;

    FramedSource(StreamSourceConduit raw) {
        super(raw);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (ended) {
            return -1;
        }
        if (turn >= TURN_BYTES) {
            turn = 0;
            return 0; // the thread sees to its other connections, then comes back to this one
        }
        int start = into.position();
        int read = super.read(into);
        int end = into.position();
        turn = into.hasRemaining() ? 0 : turn + end - start; // else there was no more to read
        int fault = framing.take(into, start, end);
        if (fault == end) {
            return read;
        }
        ended = true;
        if (framing.isInBody()) {
            into.position(start);
            throw new IOException("the body is not framed as HTTP/1.1 has it");
        }
        into.put(fault, (byte) 0);
        into.position(fault + 1);
        return fault + 1 - start;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (into[i].hasRemaining()) {
                return read(into[i]);
            }
        }
        return 0;
    }
}
