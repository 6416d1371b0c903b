package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads and verifies the journal of a state folder up to its last checkpoint, without the lock and
 * without writing anything: also while a keeper goes on appending, and also what a keeper refuses
 * to open. Needs no private key.
 */
public final class JournalReader {
    private final Disk disk;
    private final StateFolder state;
    private final NoteVerifier key;

    private JournalReader(Disk disk, StateFolder state, NoteVerifier key) {
        this.disk = disk;
        this.state = state;
        this.key = key;
    }

    /**
     * The journal of this folder, verified with the public key that lies there. Whoever does not
     * trust the folder brings the key along: {@link #open(Path, String)}.
     *
     * @throws IOException when there is no journal, or its public key is damaged
     */
    public static JournalReader open(Path stateDir) throws IOException {
        Path vkey = new StateFolder(stateDir).vkey();
        byte[] text =
                new FolderDisk()
                        .read(vkey)
                        .orElseThrow(() -> new IOException("no journal here: " + vkey));
        return open(stateDir, new String(text, UTF_8).strip());
    }

    /**
     * The journal of this folder, verified with this public key.
     *
     * @throws IOException when this is not a vkey
     */
    public static JournalReader open(Path stateDir, String vkey) throws IOException {
        return open(new FolderDisk(), stateDir, vkey);
    }

    static JournalReader open(Disk disk, Path stateDir, String vkey) throws IOException {
        try {
            return new JournalReader(disk, new StateFolder(stateDir), NoteVerifier.parse(vkey));
        } catch (NoteUnreadable e) {
            throw new IOException("not the public key of a journal: " + e.getMessage(), e);
        }
    }

    /** The public key that verifies this journal. */
    public String vkey() {
        return key.vkey();
    }

    /** The last checkpoint as it lies there; says nothing about its signature. */
    public Optional<Checkpoint> checkpoint() throws IOException {
        try {
            Optional<String> note = new FolderCheckpoints(disk, state.checkpoints()).read();
            return note.isEmpty() ? Optional.empty() : Optional.of(Checkpoint.parse(note.get()));
        } catch (NoteUnreadable e) {
            throw new IOException("the checkpoint is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Verifies the signature, every checksum, and the root over every entry up to the checkpoint.
     */
    public Verification verify() throws IOException {
        return walk(entry -> {});
    }

    /**
     * Shows the good entries up to the checkpoint in order, and verifies them on the way. What was
     * shown can be believed only if the answer is that it holds.
     */
    public Verification walk(Consumer<JournalEntry> each) throws IOException {
        var problems = new ArrayList<Verification.Problem>();
        Optional<Checkpoint> checkpoint = signed(problems);
        long limit = checkpoint.map(Checkpoint::size).orElse(Long.MAX_VALUE);
        var tree = new Frontier();
        try (DiskFile file = disk.openToRead(state.entries())) {
            FrameReader log = FrameReader.whole(file);
            while (tree.size() < limit && log.next()) {
                tree.add(log.leaf());
                each.accept(log.entry());
            }
            if (log.damage().isPresent()) {
                problems.add(at(log.size(), log.damage().get()));
            } else if (checkpoint.isPresent() && tree.size() < limit) {
                problems.add(at(tree.size(), "the journal ends here, " + limit + " were signed"));
            }
        } catch (NoSuchFileException e) {
            problems.add(at(0, "the file of the journal is missing: " + e.getMessage()));
        }
        Digest root = tree.root();
        Digest signedRoot = checkpoint.map(Checkpoint::root).orElse(Digest.EMPTY_ROOT);
        if (checkpoint.isPresent() && tree.size() == limit && !root.equals(signedRoot)) {
            problems.add(
                    new Verification.Problem(
                            OptionalLong.empty(), "the root of the entries is not the signed one"));
        }
        return new Verification(
                problems.isEmpty() ? Verification.Verdict.VERIFIED : Verification.Verdict.BROKEN,
                tree.size(),
                root,
                checkpoint.map(Checkpoint::size).orElse(0L),
                signedRoot,
                problems);
    }

    private Optional<Checkpoint> signed(List<Verification.Problem> problems) throws IOException {
        Optional<String> note = new FolderCheckpoints(disk, state.checkpoints()).read();
        if (note.isEmpty()) {
            problems.add(overall("there is no checkpoint in " + state.checkpoints()));
            return Optional.empty();
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.get());
            if (!checkpoint.origin().equals(key.name())) {
                problems.add(overall("the checkpoint is of `" + checkpoint.origin() + "`"));
            } else if (!SignedNote.parse(note.get()).isSignedBy(key)) {
                problems.add(overall("the checkpoint is not signed by " + key.vkey()));
            }
            return Optional.of(checkpoint);
        } catch (NoteUnreadable e) {
            problems.add(overall("the checkpoint: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private static Verification.Problem at(long index, String what) {
        return new Verification.Problem(OptionalLong.of(index), what);
    }

    private static Verification.Problem overall(String what) {
        return new Verification.Problem(OptionalLong.empty(), what);
    }
}
