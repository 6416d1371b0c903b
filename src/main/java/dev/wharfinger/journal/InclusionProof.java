package dev.wharfinger.journal;

import java.util.List;

/**
 * That one leaf is in a tree of a size: the hashes beside its way to the root, from the leaf up
 * (RFC 6962, section 2.1.1).
 */
public record InclusionProof(long index, long size, List<Digest> path) {
    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in " + size);
        }
        path = List.copyOf(path);
    }

    /** Whether it proves this leaf's hash under this root (RFC 9162, section 2.1.3.2). */
    public boolean proves(Digest leaf, Digest root) {
        long node = index;
        long last = size - 1;
        Digest hash = leaf;
        for (Digest beside : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Digest.ofNode(beside, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Digest.ofNode(hash, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * The proof with its checkpoint as one text that verifies offline: <a
     * href="https://c2sp.org/tlog-proof">c2sp.org/tlog-proof@v1</a>.
     */
    public String text(Checkpoint checkpoint) {
        if (checkpoint.size() != size) {
            throw new IllegalArgumentException(
                    "a proof in a tree of " + size + " needs that tree's checkpoint");
        }
        var text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ").append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }
}
