package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ObjectStream;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A clean checkout. Everything is written through a wall around the target, files first; links are
 * made when nothing more is written, and only those that stay inside, so that no byte can go
 * through one.
 */
final class TreeExport {
    private static final int CHUNK = 64 * 1024;
    private static final int LINK_BYTES = 4096;

    private final CommitTree tree;
    private final ObjectReader reader;
    private final Wall wall;
    private final byte[] chunk = new byte[CHUNK];

    private TreeExport(CommitTree tree, ObjectReader reader, Wall wall) {
        this.tree = tree;
        this.reader = reader;
        this.wall = wall;
    }

    static void write(CommitTree tree, ObjectReader reader, Path into) throws IOException {
        Map<WorkspacePath, String> links = links(tree, reader);
        Files.createDirectories(into);
        try (Wall wall = Wall.best(into)) {
            try (Folder top = wall.present(WorkspacePath.ROOT)) {
                if (!top.names(Listing.NAMES).isEmpty()) {
                    throw new DirectoryNotEmptyException(into.toString());
                }
            }
            var export = new TreeExport(tree, reader, wall);
            export.files();
            export.links(links);
        }
    }

    /** The links of the tree and what they say, all of them judged before anything is written. */
    private static Map<WorkspacePath, String> links(CommitTree tree, ObjectReader reader)
            throws IOException {
        var links = new TreeMap<WorkspacePath, String>();
        for (var file : tree.entries().entrySet()) {
            if (file.getValue().mode().equals(FileMode.SYMLINK)) {
                byte[] text =
                        reader.open(file.getValue().id(), Constants.OBJ_BLOB).getBytes(LINK_BYTES);
                String says = new String(text, UTF_8);
                if (!staysInside(tree, file.getKey(), says)) {
                    throw PathRefused.strangeTree(
                            file.getKey().parent().orElseThrow(),
                            "the link `"
                                    + file.getKey().name()
                                    + "` to `"
                                    + NameRules.shown(says)
                                    + "`, which leads outside or through another link");
                }
                links.put(file.getKey(), says);
            }
        }
        return links;
    }

    /** Step by step, since {@code a/..} is not here where {@code a} is a link. */
    private static boolean staysInside(CommitTree tree, WorkspacePath link, String says) {
        if (says.isEmpty() || says.startsWith("/")) {
            return false;
        }
        WorkspacePath here = link.parent().orElseThrow();
        String[] steps = says.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            boolean ends = i == steps.length - 1;
            if (steps[i].equals(".") || ends && steps[i].isEmpty()) {
                continue;
            }
            Optional<WorkspacePath> next =
                    steps[i].equals("..") ? here.parent() : here.tryChild(steps[i]);
            if (next.isEmpty() || !ends && isLink(tree, next.get())) {
                return false;
            }
            here = next.get();
        }
        return true;
    }

    private static boolean isLink(CommitTree tree, WorkspacePath path) {
        CommitTree.Entry entry = tree.entries().get(path);
        return entry != null && entry.mode().equals(FileMode.SYMLINK);
    }

    private void files() throws IOException {
        Folder folder = wall.present(WorkspacePath.ROOT);
        try {
            for (var file : tree.entries().entrySet()) {
                WorkspacePath parent = file.getKey().parent().orElseThrow();
                if (!folder.path().equals(parent)) {
                    folder.close();
                    folder = made(parent);
                }
                file(folder, file.getKey().name(), file.getValue());
            }
        } finally {
            folder.close();
        }
    }

    private void file(Folder folder, String name, CommitTree.Entry entry) throws IOException {
        if (entry.mode().equals(FileMode.GITLINK)) {
            folder.makeFolder(name);
        } else if (OpenGit.isFile(entry.mode())) {
            boolean executable = entry.mode().equals(FileMode.EXECUTABLE_FILE);
            try (NewFile file = folder.create(name, 0600);
                    ObjectStream blob = reader.open(entry.id(), Constants.OBJ_BLOB).openStream()) {
                int length;
                while ((length = blob.read(chunk)) > 0) {
                    file.write(chunk, 0, length);
                }
                file.mode(executable ? 0755 : 0644);
            }
        }
    }

    private void links(Map<WorkspacePath, String> links) throws IOException {
        for (var link : links.entrySet()) {
            try (Folder folder = made(link.getKey().parent().orElseThrow())) {
                folder.makeLink(link.getKey().name(), link.getValue());
            }
        }
    }

    private Folder made(WorkspacePath path) throws IOException {
        Optional<Folder> there = wall.folder(path);
        if (there.isPresent()) {
            return there.get();
        }
        try (Folder above = made(path.parent().orElseThrow())) {
            above.makeFolder(path.name());
            return above.folder(path.name()).orElseThrow(() -> PathRefused.moved(path));
        }
    }
}
