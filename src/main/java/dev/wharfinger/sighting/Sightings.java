package dev.wharfinger.sighting;

import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Everything one shift has seen, in the order in which it saw it. Unchangeable; each step makes a
 * new one.
 */
public record Sightings(
        SequencedMap<WorkspacePath, Sighting> byPath, SequencedSet<WorkspacePath> opened) {
    private static final Sighting NEVER = new Sighting.Never();
    private static final Sighting LISTED = new Sighting.Listed();

    /** A shift that has seen nothing yet. */
    public static final Sightings NONE =
            new Sightings(new LinkedHashMap<>(), new LinkedHashSet<>());

    public Sightings {
        byPath = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byPath));
        opened = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(opened));
    }

    /** What the shift knows of this path; {@code Never} where nothing was shown. */
    public Sighting of(WorkspacePath path) {
        return byPath.getOrDefault(path, NEVER);
    }

    /** Whether a listing showed the path, or it was read. The root is always known. */
    public boolean knows(WorkspacePath path) {
        return path.equals(WorkspacePath.ROOT) || byPath.containsKey(path);
    }

    /** Whether the folder itself was listed, so that what it holds, and what not, was seen. */
    public boolean hasOpened(WorkspacePath folder) {
        return opened.contains(folder);
    }

    /** With these folders listed. */
    public Sightings opened(Collection<WorkspacePath> folders) {
        var next = new LinkedHashSet<>(opened);
        next.addAll(folders);
        return new Sightings(byPath, next);
    }

    /** With these paths listed. A file that was read stays read. */
    public Sightings listed(Collection<WorkspacePath> paths) {
        var next = new LinkedHashMap<>(byPath);
        paths.forEach(path -> next.putIfAbsent(path, LISTED));
        return new Sightings(next, opened);
    }

    /** With this file read. */
    public Sightings read(WorkspacePath path, ContentHash hash, Optional<String> facts) {
        var next = new LinkedHashMap<>(byPath);
        next.put(path, new Sighting.Read(hash, facts));
        return new Sightings(next, opened);
    }

    /**
     * After the server itself replaced {@code before} by {@code after}: who had read the old
     * content counts as having read the new one, since the server's own writing must never make a
     * reading stale.
     */
    public Sightings carried(
            WorkspacePath path,
            Optional<ContentHash> before,
            ContentHash after,
            Optional<String> facts) {
        boolean wasFresh =
                of(path) instanceof Sighting.Read(var hash, _)
                        && before.filter(hash::equals).isPresent();
        return wasFresh ? read(path, after, facts) : this;
    }

    /** The files that were read, with the content that was read. */
    public SequencedMap<WorkspacePath, Sighting.Read> reads() {
        var reads = new LinkedHashMap<WorkspacePath, Sighting.Read>();
        for (Map.Entry<WorkspacePath, Sighting> entry : byPath.entrySet()) {
            if (entry.getValue() instanceof Sighting.Read read) {
                reads.put(entry.getKey(), read);
            }
        }
        return reads;
    }
}
