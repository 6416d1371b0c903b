package dev.wharfinger.server;

import dev.wharfinger.mcp.JsonBytes;
import dev.wharfinger.mcp.Outlet;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The one writer of a pipe: a line a message, a flush a line. Handing over never blocks. What may
 * be dropped is dropped when the client reads too slowly; for all else the reader of the pipe waits
 * in {@link #awaitRoom}, so that the queue is bounded by what was already taken in.
 */
final class LineWriter implements Outlet, Runnable {
    private static final int MANY_BYTES = 8 << 20;
    private static final int MANY_LINES = 1024;
    private static final int CROWDED_BYTES = 1 << 20;
    private static final int CROWDED_LINES = 256;

    private final OutputStream out;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private long queued;
    private boolean ending;
    private boolean broken;
    private boolean writing;
    private long written;

    LineWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(ObjectNode message) {
        write(JsonBytes.of(message));
    }

    @Override
    public void offer(ObjectNode message) {
        synchronized (this) {
            if (queued > CROWDED_BYTES || lines.size() > CROWDED_LINES) {
                return;
            }
        }
        write(JsonBytes.of(message));
    }

    /** Queues one message, encoded. */
    void write(byte[] line) {
        synchronized (this) {
            if (broken) {
                return;
            }
            lines.add(line);
            queued += line.length;
            notifyAll();
        }
    }

    /**
     * Blocks while the client lets too much pile up. One that takes nothing for so long is gone,
     * whatever its pipe says.
     */
    synchronized void awaitRoom(long limitMillis) throws InterruptedException {
        long until = System.nanoTime() + limitMillis * 1_000_000;
        long before = written;
        while (!broken && (queued > MANY_BYTES || lines.size() > MANY_LINES)) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (written != before) {
                before = written;
                until = System.nanoTime() + limitMillis * 1_000_000;
            } else if (left <= 0) {
                giveUp();
            } else {
                wait(left);
            }
        }
    }

    /** Whether the other end is gone. */
    synchronized boolean isBroken() {
        return broken;
    }

    /** Lets {@link #run} return once all is written. */
    synchronized void end() {
        ending = true;
        notifyAll();
    }

    /** Blocks until all is written, the other end is gone, or the time is over. */
    synchronized void awaitWritten(long limitMillis) throws InterruptedException {
        long until = System.nanoTime() + limitMillis * 1_000_000;
        while (!broken && (writing || !lines.isEmpty())) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Writes until {@link #end}, or until the other end is gone. */
    @Override
    public void run() {
        try {
            for (byte[] line = next(); line.length > 0; line = next()) {
                byte[] whole = new byte[line.length + 1];
                System.arraycopy(line, 0, whole, 0, line.length);
                whole[line.length] = '\n';
                out.write(whole);
                out.flush();
            }
        } catch (IOException e) {
            giveUp(); // the client closed its end: nobody is left to tell
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void giveUp() {
        broken = true;
        writing = false;
        lines.clear();
        queued = 0;
        notifyAll();
    }

    private synchronized byte[] next() throws InterruptedException {
        written++;
        writing = false;
        notifyAll();
        while (lines.isEmpty() && !ending) {
            wait();
        }
        byte[] line = lines.poll();
        if (line == null) {
            return new byte[0];
        }
        queued -= line.length;
        writing = true;
        return line;
    }
}
