package dev.wharfinger.workspace;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away the temps that dead processes left. A living process holds its own by a lock, so that
 * a sweep is safe at any time, from any process. Bounded: in a huge tree some may stay until the
 * next time; they are never listed and never part of a commit.
 */
final class Sweep {
    private static final int FOLDERS = 2_000;

    /** Never in a lane, often enormous. */
    private static final Set<String> LEFT_OUT = Set.of(".git", "node_modules", ".venv");

    private int folders;
    private int removed;

    private Sweep() {}

    /** How many temps were removed. */
    static int of(Folder root) throws IOException {
        var sweep = new Sweep();
        sweep.enter(root);
        return sweep.removed;
    }

    private void enter(Folder folder) throws IOException {
        folders++;
        for (Folder.Named named : folder.names(Integer.MAX_VALUE)) {
            String name = named.name();
            if (named.kind() == Facts.Kind.FILE && TempName.isOne(name)) {
                remove(folder, name);
            } else if (named.kind() == Facts.Kind.FOLDER
                    && folders < FOLDERS
                    && !LEFT_OUT.contains(name)) {
                below(folder, name);
            }
        }
    }

    private void below(Folder folder, String name) throws IOException {
        try {
            Optional<Folder> below = folder.folder(name);
            if (below.isPresent()) {
                try (Folder open = below.get()) {
                    enter(open);
                }
            }
        } catch (PathRefused closed) {
            // A mount or a folder of somebody else's: none of our temps can lie there.
            return;
        }
    }

    private void remove(Folder folder, String name) throws IOException {
        try {
            Optional<OpenFile> temp = folder.file(name);
            if (temp.isPresent()) {
                try (OpenFile file = temp.get()) {
                    if (!file.isHeld() && folder.remove(name)) {
                        removed++;
                    }
                }
            }
        } catch (PathRefused notOurs) {
            return;
        }
    }
}
