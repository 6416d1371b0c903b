package dev.wharfinger.workspace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The entries below a folder, each folder right before what it holds, names in the order of their
 * characters. Git's own folder, our temps and names that no path can hold are left out.
 */
final class Listing {
    /** More names than this in one folder are refused. */
    static final int NAMES = 100_000;

    private final int limit;
    private final List<FolderEntry> entries = new ArrayList<>();

    private Listing(int limit) {
        this.limit = limit;
    }

    static List<FolderEntry> of(Folder folder, int depth, int limit) throws IOException {
        var listing = new Listing(limit);
        listing.add(folder, depth);
        return List.copyOf(listing.entries);
    }

    /** The names that a caller may see, sorted. */
    static List<Folder.Named> visible(Folder folder) throws IOException {
        var names = new ArrayList<>(folder.names(NAMES));
        names.removeIf(named ->
                TempName.isOne(named.name())
                        || Forbidden.isGit(named.name())
                        || folder.path().tryChild(named.name()).isEmpty());
        names.sort(Comparator.comparing(Folder.Named::name));
        return names;
    }

    private void add(Folder folder, int depth) throws IOException {
        for (Folder.Named named : visible(folder)) {
            if (entries.size() == limit) {
                return;
            }
            Optional<Facts> facts = folder.facts(named.name());
            if (facts.isPresent()) {
                add(folder, named.name(), facts.get(), depth);
            }
        }
    }

    private void add(Folder folder, String name, Facts facts, int depth) throws IOException {
        long size = facts.kind() == Facts.Kind.FILE ? facts.size() : 0;
        entries.add(new FolderEntry(folder.path().child(name), facts.kind().shown(), size));
        if (depth > 1 && facts.kind() == Facts.Kind.FOLDER) {
            try {
                Optional<Folder> below = folder.folder(name);
                if (below.isPresent()) {
                    try (Folder open = below.get()) {
                        add(open, depth - 1);
                    }
                }
            } catch (PathRefused closed) {
                // Shown by name, not entered: a mount, a folder of somebody else's, or swapped.
                return;
            }
        }
    }
}
