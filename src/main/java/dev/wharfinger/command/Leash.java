package dev.wharfinger.command;

import java.io.IOException;

/**
 * What ends a command together with this process, however this process ends: a pipe on which
 * nothing ever comes. The command holds the end for reading; the other closes when this process
 * dies, and then the kernel sends the command's process group the signal that cannot be caught.
 *
 * <p>No parent-death signal: that one comes when the starting <em>thread</em> ends, which walls
 * itself and must end at once, and reaches the first process alone. Linux only; elsewhere nothing
 * is held, and a command outlives a killed server.
 */
final class Leash implements AutoCloseable {
    /** Where the command holds it: out of the way of scripts, which use the numbers below ten. */
    static final int NUMBER = 170;

    private final int[] ends;
    private boolean handedOver;

    private Leash(int[] ends) {
        this.ends = ends;
    }

    static Leash make() throws IOException {
        return new Leash(Posix.pipe());
    }

    /** The end that the command is to hold as {@link #NUMBER}. */
    int held() {
        return ends[0];
    }

    /** Ties the group of this leader, which holds the end already. */
    void tie(long leader) throws IOException {
        if (Posix.LINUX) {
            Posix.check("tie a command", Posix.signalWhenClosed(ends[0], -leader));
        }
        Posix.close(ends[0]);
        handedOver = true;
    }

    /** Lets go. Whatever of the group still lives then is ended. */
    @Override
    public void close() {
        if (!handedOver) {
            Posix.close(ends[0]);
        }
        Posix.close(ends[1]);
    }
}
