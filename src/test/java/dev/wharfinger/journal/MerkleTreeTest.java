package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class MerkleTreeTest {
    /** Inputs and roots of the reference implementation of RFC 6962, sizes 1 to 8. */
    private static final String[] INPUTS = {
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f"
    };

    private static final String[] ROOTS = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };

    private static final int MOST = 1025;

    @Test
    void givesTheRootsOfTheReferenceImplementation() {
        var frontier = new Frontier();
        var leaves = new ArrayList<Digest>();
        assertThat(frontier.root().base64())
                .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        for (int i = 0; i < INPUTS.length; i++) {
            leaves.add(Digest.ofLeaf(HexFormat.of().parseHex(INPUTS[i])));
            frontier.add(leaves.getLast());
            assertThat(frontier.root().hex()).isEqualTo(ROOTS[i]);
            assertThat(new MerkleTree(leaves).root().hex()).isEqualTo(ROOTS[i]);
        }
    }

    @Test
    void rootsAreThoseOfASecondImplementationForEverySize() throws Exception {
        List<byte[]> entries = entries(MOST);
        var frontier = new Frontier();
        var tiles = new ArrayList<Digest>();
        for (int size = 0; size <= MOST; size++) {
            assertThat(frontier.root().bytes()).isEqualTo(naive(entries.subList(0, size)));
            var fromTiles = new Frontier();
            tiles.forEach(fromTiles::addTile);
            for (int i = (int) fromTiles.size(); i < size; i++) {
                fromTiles.add(Digest.ofLeaf(entries.get(i)));
            }
            assertThat(fromTiles.root()).isEqualTo(frontier.root());
            if (size < MOST) {
                frontier.add(Digest.ofLeaf(entries.get(size)));
                if (frontier.size() % Frontier.TILE == 0) {
                    tiles.add(frontier.lastTile());
                }
            }
        }
    }

    @Test
    void inclusionIsProvedForEverySizeAndForNothingElse() throws Exception {
        List<byte[]> entries = entries(MOST);
        List<Digest> leaves = entries.stream().map(Digest::ofLeaf).toList();
        Random random = seeded();
        for (int size = 1; size <= MOST; size++) {
            var tree = new MerkleTree(leaves.subList(0, size));
            Digest root = tree.root();
            for (int index : chosen(size <= 40 ? size : 4, size, random)) {
                InclusionProof proof = tree.inclusion(index);
                assertThat(bytes(proof.path()))
                        .isEqualTo(bytes(naivePath(index, entries.subList(0, size))));
                assertThat(proof.proves(leaves.get(index), root)).isTrue();
                assertThat(proof.proves(Digest.ofLeaf("no".getBytes(UTF_8)), root)).isFalse();
                assertThat(proof.proves(leaves.get(index), Digest.EMPTY_ROOT)).isFalse();
                assertBrokenPathsProveNothing(proof, leaves.get(index), root);
            }
        }
    }

    private static void assertBrokenPathsProveNothing(
            InclusionProof proof, Digest leaf, Digest root) {
        var longer = new ArrayList<>(proof.path());
        longer.add(root);
        assertThat(new InclusionProof(proof.index(), proof.size(), longer).proves(leaf, root))
                .isFalse();
        if (!proof.path().isEmpty()) {
            List<Digest> shorter = proof.path().subList(0, proof.path().size() - 1);
            assertThat(new InclusionProof(proof.index(), proof.size(), shorter).proves(leaf, root))
                    .isFalse();
            long other = proof.index() ^ 1;
            if (other < proof.size()) {
                assertThat(new InclusionProof(other, proof.size(), proof.path()).proves(leaf, root))
                        .isFalse();
            }
        }
    }

    @Test
    void consistencyIsProvedForEverySizeAndForNothingElse() throws Exception {
        List<byte[]> entries = entries(MOST);
        List<Digest> leaves = entries.stream().map(Digest::ofLeaf).toList();
        var roots = new ArrayList<Digest>();
        for (int size = 0; size <= MOST; size++) {
            roots.add(new MerkleTree(leaves.subList(0, size)).root());
        }
        Random random = seeded();
        for (int size = 1; size <= MOST; size++) {
            var tree = new MerkleTree(leaves.subList(0, size));
            for (int from : chosen(size <= 40 ? size : 4, size + 1, random)) {
                ConsistencyProof proof = tree.consistency(from);
                if (from > 0) {
                    assertThat(bytes(proof.path()))
                            .isEqualTo(bytes(naiveProof(from, entries.subList(0, size), true)));
                }
                assertThat(proof.proves(roots.get(from), roots.get(size))).isTrue();
                Digest other = Digest.ofLeaf("no".getBytes(UTF_8));
                assertThat(proof.proves(other, roots.get(size))).isFalse();
                if (from > 0) {
                    assertThat(proof.proves(roots.get(from), other)).isFalse();
                }
                var longer = new ArrayList<>(proof.path());
                longer.add(other);
                assertThat(
                                new ConsistencyProof(from, size, longer)
                                        .proves(roots.get(from), roots.get(size)))
                        .isFalse();
            }
        }
    }

    @Test
    void proofsOutsideTheTreeCannotBeMade() {
        var tree = new MerkleTree(List.of(Digest.EMPTY_ROOT));
        assertThatThrownBy(() -> tree.inclusion(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistency(2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Random seeded() {
        long seed = 20261122;
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static TreeSet<Integer> chosen(int count, int below, Random random) {
        var chosen = new TreeSet<Integer>(List.of(0, below - 1));
        for (int i = 0; i < count; i++) {
            chosen.add(count >= below - 1 ? i : random.nextInt(below));
        }
        return chosen;
    }

    private static List<byte[]> entries(int count) {
        var entries = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            entries.add(("entry " + i).getBytes(UTF_8));
        }
        return entries;
    }

    private static List<String> bytes(List<?> hashes) {
        return hashes.stream()
                .map(hash -> hash instanceof Digest d ? d.bytes() : (byte[]) hash)
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    // The second implementation: RFC 6962, section 2.1, word for word and without our classes.

    private static byte[] naive(List<byte[]> d) throws Exception {
        if (d.isEmpty()) {
            return sha(new byte[0]);
        }
        if (d.size() == 1) {
            return sha(new byte[] {0}, d.getFirst());
        }
        int k = power(d.size());
        return sha(new byte[] {1}, naive(d.subList(0, k)), naive(d.subList(k, d.size())));
    }

    private static List<byte[]> naivePath(int m, List<byte[]> d) throws Exception {
        if (d.size() == 1) {
            return List.of();
        }
        int k = power(d.size());
        List<byte[]> left = d.subList(0, k);
        List<byte[]> right = d.subList(k, d.size());
        var path = new ArrayList<>(m < k ? naivePath(m, left) : naivePath(m - k, right));
        path.add(m < k ? naive(right) : naive(left));
        return path;
    }

    private static List<byte[]> naiveProof(int m, List<byte[]> d, boolean b) throws Exception {
        if (m == d.size()) {
            return b ? List.of() : List.of(naive(d));
        }
        int k = power(d.size());
        List<byte[]> left = d.subList(0, k);
        List<byte[]> right = d.subList(k, d.size());
        var proof =
                new ArrayList<>(m <= k ? naiveProof(m, left, b) : naiveProof(m - k, right, false));
        proof.add(m <= k ? naive(right) : naive(left));
        return proof;
    }

    private static int power(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] sha(byte[]... parts) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        Arrays.stream(parts).forEach(sha::update);
        return sha.digest();
    }
}
