package dev.wharfinger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a journal is opened: everything on disk is read once and checked against the last signed
 * checkpoint, and whatever does not fit is refused before anything is written.
 */
final class Opening {
    static final String RESTORE =
            "Nothing was changed. Put the newest copy of both folders, journal and checkpoint, back"
                    + " together, or keep them for an investigation and start with a new state"
                    + " folder.";

    private final Disk disk;
    private final StateFolder state;
    private final String origin;
    private final InstantSource clock;
    private final CheckpointStore store;

    /**
     * A journal, and the lines about cuts that it must begin with.
     *
     * @param full why it takes nothing, where the disk has no room for its reserve
     */
    record Opened(
            NoteSigner key,
            EntryFile file,
            EntryIndex index,
            Checkpoint checkpoint,
            List<String> cuts,
            Optional<JournalStopped> full) {}

    Opening(
            Disk disk,
            StateFolder state,
            String origin,
            InstantSource clock,
            CheckpointStore store) {
        this.disk = disk;
        this.state = state;
        this.origin = origin;
        this.clock = clock;
        this.store = store;
    }

    /** Looks without hashing, in a few milliseconds also where a process has just begun. */
    Found look() throws IOException, JournalRefused {
        disk.createFolder(state.journal());
        disk.createFolder(state.checkpoints());
        Optional<String> key = disk.read(state.key()).map(bytes -> new String(bytes, UTF_8));
        EntryFile file = EntryFile.open(disk, state.journal());
        try {
            if (key.isEmpty()) {
                return Found.nothing(file);
            }
            if (disk.isShared(state.key())) {
                throw new JournalRefused(
                        "the key " + state.key() + " can be read by other users",
                        "If nobody else has used it: chmod 600 " + state.key());
            }
            Checkpoint checkpoint = checkpoint();
            NoteSigner ours = key(key.get());
            Optional<Snapshots.Sealed> ahead = new Snapshots(disk, state.snapshot(), ours).load();
            FrameReader log =
                    ahead.map(sealed -> from(file, sealed))
                            .orElseGet(() -> FrameReader.whole(file.file()));
            boolean more = true;
            while (more) {
                more = log.next();
            }
            return new Found(file, Optional.of(ours), Optional.of(checkpoint), log.size(), ahead);
        } catch (IOException | JournalRefused | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Behind a snapshot: what lies before it is read when it is verified. */
    private static FrameReader from(EntryFile file, Snapshots.Sealed sealed) {
        return new FrameReader(
                file.file(), sealed.snapshot().size(), sealed.end(), FrameReader.SCAN_BYTES);
    }

    /** Verifies what was found, mends what a crash left, and begins a log where there is none. */
    Opened verify(Found found, SecureRandom random) throws IOException, JournalRefused {
        return found.key().isPresent() ? reopen(found) : create(random, found.file());
    }

    /**
     * The key is the last thing that a new journal writes: where it is, a checkpoint must be; where
     * it is not, a journal was never begun or somebody took the key away.
     */
    private Opened create(SecureRandom random, EntryFile file) throws IOException, JournalRefused {
        Optional<String> kept = store.read();
        EntryIndex index = new EntryIndex();
        FrameReader log = FrameReader.whole(file.file());
        if (log.next() || log.damage().isPresent() || kept.isPresent() && !isEmpty(kept)) {
            throw new JournalRefused(
                    "the key " + state.key() + " is missing while the journal has entries",
                    "Restore the key from your backup; without it nobody can say that this log is"
                            + " ours.");
        }
        try {
            NoteSigner key = NoteSigner.generate(origin, random);
            Checkpoint first = CheckpointSigner.make(key, new Frontier());
            file.prepare();
            disk.forceFolder(state.journal());
            store.swap(kept, first);
            disk.replace(state.vkey(), (key.verifier().vkey() + "\n").getBytes(UTF_8));
            disk.replace(state.key(), key.text().getBytes(UTF_8));
            return new Opened(key, file, index, first, List.of(), Optional.empty());
        } catch (NoteUnreadable e) {
            throw new JournalRefused(
                    "the origin cannot name a key: " + e.getMessage(),
                    "An origin is one word without `+`, such as example.com/journal/shop.");
        }
    }

    private static boolean isEmpty(Optional<String> note) {
        try {
            return note.isEmpty() || Checkpoint.parse(note.get()).size() == 0;
        } catch (NoteUnreadable e) {
            return false; // whatever it is, it is not the first checkpoint of a journal
        }
    }

    private Opened reopen(Found found) throws IOException, JournalRefused {
        NoteSigner key = found.key().orElseThrow();
        Checkpoint checkpoint = found.checkpoint().orElseThrow();
        EntryFile file = found.file();
        SignatureCheck signature = SignatureCheck.start(checkpoint.note(), key.verifier());
        EntryIndex index = new EntryIndex();
        List<String> cuts = unrecordedCuts();
        FrameReader log = read(found, index, cuts);
        Optional<String> wrong = signature.wrong();
        if (wrong.isPresent()) {
            throw new JournalRefused("the checkpoint: " + wrong.get(), RESTORE);
        }
        if (log.damage().isPresent()) {
            cuts.add(cut(log, file, checkpoint, cuts));
        } else if (cuts.isEmpty()) {
            disk.delete(state.cut());
        }
        return new Opened(key, file, index, checkpoint, cuts, prepare(file));
    }

    /**
     * A journal without its reserve could not say that the disk is full, so it takes nothing: what
     * it holds is read, and what runs can be taken back.
     */
    private Optional<JournalStopped> prepare(EntryFile file) throws IOException {
        try {
            file.prepare();
            return Optional.empty();
        } catch (IOException e) {
            if (disk.isFull(e)) {
                return Optional.of(
                        new JournalStopped(
                                "the disk of "
                                        + state.journal()
                                        + " is full: free some megabytes there and start again;"
                                        + " nothing is lost",
                                e));
            }
            throw e;
        }
    }

    private NoteSigner key(String text) throws JournalRefused {
        try {
            NoteSigner key = NoteSigner.parse(text);
            if (!key.verifier().name().equals(origin)) {
                throw new JournalRefused(
                        "this journal is `"
                                + key.verifier().name()
                                + "`, but it was to be opened as `"
                                + origin
                                + "`",
                        "Set the name back, or use another state folder for the other project.");
            }
            return key;
        } catch (NoteUnreadable e) {
            throw new JournalRefused(
                    "the key " + state.key() + " is damaged: " + e.getMessage(),
                    "Restore it from your backup.");
        }
    }

    private Checkpoint checkpoint() throws IOException, JournalRefused {
        Optional<String> note = store.read();
        if (note.isEmpty()) {
            throw new JournalRefused(
                    "the checkpoint in " + state.checkpoints() + " is missing", RESTORE);
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.get());
            if (checkpoint.origin().equals(origin)) {
                return checkpoint;
            }
            throw new JournalRefused(
                    "the checkpoint is of `" + checkpoint.origin() + "`, not of `" + origin + "`",
                    RESTORE);
        } catch (NoteUnreadable e) {
            throw new JournalRefused("the checkpoint is damaged: " + e.getMessage(), RESTORE);
        }
    }

    /** Reads the log, compares it with the checkpoint, and crosses off the cuts that it records. */
    private FrameReader read(Found found, EntryIndex index, List<String> cuts)
            throws IOException, JournalRefused {
        Checkpoint checkpoint = found.checkpoint().orElseThrow();
        FrameReader log = FrameReader.whole(found.file().file());
        Digest rootThere = Digest.EMPTY_ROOT;
        found.requireRoot(index);
        while (log.next()) {
            index.add(log.leaf(), log.length());
            if (index.size() == checkpoint.size()) {
                rootThere = index.frontier().root();
            }
            found.requireRoot(index);
            cuts.removeIf(line -> log.is(line.getBytes(UTF_8)));
        }
        found.requireReached(log.size());
        if (log.size() < checkpoint.size()) {
            String what =
                    log.damage()
                            .map(why -> "entry " + log.size() + " is damaged (" + why + ")")
                            .orElse("the journal ends before entry " + log.size());
            Digest root = index.frontier().root();
            throw new JournalRefused(what + ": " + sizes(log.size(), root, checkpoint), RESTORE);
        }
        if (!rootThere.equals(checkpoint.root())) {
            throw new JournalRefused(
                    "the journal is not the one that was signed: "
                            + sizes(checkpoint.size(), rootThere, checkpoint),
                    RESTORE);
        }
        return log;
    }

    private static String sizes(long size, Digest root, Checkpoint checkpoint) {
        return "it has "
                + size
                + " good entries with the root "
                + root.base64()
                + ", the signed checkpoint has "
                + checkpoint.size()
                + " with the root "
                + checkpoint.root().base64();
    }

    /**
     * Cuts what a crash left behind the last good entry. The line that records it is durable before
     * the bytes are gone, so that a crash in between does not hide the cut.
     */
    private String cut(FrameReader log, EntryFile file, Checkpoint checkpoint, List<String> earlier)
            throws IOException {
        TornTail tail = TornTail.read(file.file(), log.end());
        String line =
                ("{\"at\":\"%s\",\"type\":\"journal.cut\","
                     + "\"principal\":\"wharfinger\",\"index\":%d,\"offset\":%d,\"bytes\":%d,"
                     + "\"sha256\":\"%s\",\"checkpoint\":%d,\"reason\":\"%s\"}")
                        .formatted(
                                clock.instant(),
                                log.size(),
                                log.end(),
                                tail.bytes(),
                                tail.sha256(),
                                checkpoint.size(),
                                log.damage().orElseThrow());
        String lines = Stream.concat(earlier.stream(), Stream.of(line)).collect(joining("\n"));
        disk.replace(state.cut(), lines.getBytes(UTF_8));
        file.cut(log.end());
        return line;
    }

    /** The lines about cuts that a crash may have kept from being appended. */
    private List<String> unrecordedCuts() throws IOException {
        return disk.read(state.cut())
                .map(bytes ->
                        new String(bytes, UTF_8).lines().collect(toCollection(ArrayList::new)))
                .orElseGet(ArrayList::new);
    }
}
