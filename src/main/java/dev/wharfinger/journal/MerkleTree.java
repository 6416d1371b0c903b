package dev.wharfinger.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole tree over its leaves' hashes (RFC 6962, section 2.1), from which proofs are made. Costs
 * one hash a leaf for each root or proof; a log that grows keeps a {@code Frontier} instead.
 */
public record MerkleTree(List<Digest> leaves) {
    public MerkleTree {
        leaves = List.copyOf(leaves);
    }

    /** The root over all leaves. */
    public Digest root() {
        return root(0, leaves.size());
    }

    /** The proof that the leaf at this index is in the tree (RFC 6962, PATH). */
    public InclusionProof inclusion(int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException("no leaf " + index + " in " + leaves.size());
        }
        var path = new ArrayList<Digest>();
        int from = 0;
        int to = leaves.size();
        while (to - from > 1) {
            int split = from + split(to - from);
            if (index < split) {
                path.addFirst(root(split, to));
                to = split;
            } else {
                path.addFirst(root(from, split));
                from = split;
            }
        }
        return new InclusionProof(index, leaves.size(), path);
    }

    /** The proof that the tree over the first {@code size} leaves only grew (RFC 6962, PROOF). */
    public ConsistencyProof consistency(int size) {
        if (size < 0 || size > leaves.size()) {
            throw new IllegalArgumentException("no tree of " + size + " in " + leaves.size());
        }
        var path = new ArrayList<Digest>();
        int from = 0;
        int to = leaves.size();
        boolean known = true; // whoever verifies holds the root over the leaves that are left
        while (size > 0 && size < to) {
            int split = from + split(to - from);
            if (size <= split) {
                path.addFirst(root(split, to));
                to = split;
            } else {
                path.addFirst(root(from, split));
                from = split;
                known = false;
            }
        }
        if (!known) {
            path.addFirst(root(from, to));
        }
        return new ConsistencyProof(size, leaves.size(), path);
    }

    private Digest root(int from, int to) {
        var frontier = new Frontier();
        leaves.subList(from, to).forEach(frontier::add);
        return frontier.root();
    }

    /** The largest power of two below this size: how many leaves the left subtree has. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
