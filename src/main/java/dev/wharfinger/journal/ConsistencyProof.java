package dev.wharfinger.journal;

import java.util.Iterator;
import java.util.List;

/**
 * That a tree of one size begins with all leaves of an earlier one, in order (RFC 6962, section
 * 2.1.2).
 */
public record ConsistencyProof(long from, long to, List<Digest> path) {
    public ConsistencyProof {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a log does not grow from " + from + " to " + to);
        }
        path = List.copyOf(path);
    }

    /** Whether it proves that the earlier root grew into the later (RFC 9162, section 2.1.4.2). */
    public boolean proves(Digest earlier, Digest later) {
        if (from == to) {
            return path.isEmpty() && earlier.equals(later);
        }
        if (from == 0) {
            return path.isEmpty() && earlier.equals(Digest.EMPTY_ROOT);
        }
        Iterator<Digest> hashes = path.iterator();
        boolean wasComplete = Long.bitCount(from) == 1;
        if (!wasComplete && !hashes.hasNext()) {
            return false;
        }
        Digest old = wasComplete ? earlier : hashes.next();
        Digest now = old;
        long node = (from - 1) >> Long.numberOfTrailingZeros(from);
        long last = (to - 1) >> Long.numberOfTrailingZeros(from);
        while (hashes.hasNext()) {
            if (last == 0) {
                return false;
            }
            Digest beside = hashes.next();
            if ((node & 1) == 1 || node == last) {
                old = Digest.ofNode(beside, old);
                now = Digest.ofNode(beside, now);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                now = Digest.ofNode(now, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(earlier) && now.equals(later);
    }
}
