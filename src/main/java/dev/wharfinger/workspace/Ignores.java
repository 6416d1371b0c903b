package dev.wharfinger.workspace;

import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.ignore.IgnoreNode.MatchResult;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What the {@code .gitignore} files on the way down say of a name; the nearest that says anything
 * decides. The repository's own {@code info/exclude} comes last, the user's file not at all.
 */
final class Ignores {
    private static final int FILE_BYTES = 1 << 20;

    private final Optional<Ignores> above;
    private final WorkspacePath folder;
    private final IgnoreNode rules;

    private Ignores(Optional<Ignores> above, WorkspacePath folder, IgnoreNode rules) {
        this.above = above;
        this.folder = folder;
        this.rules = rules;
    }

    /** What {@code info/exclude} says. */
    static Ignores outermost(byte[] exclude) throws IOException {
        return new Ignores(Optional.empty(), WorkspacePath.ROOT, parse(exclude));
    }

    /** The same with what the folder's own file adds. */
    Ignores entering(Folder inside) throws IOException {
        Optional<OpenFile> file;
        try {
            file = inside.file(".gitignore");
        } catch (PathRefused linked) {
            // Git does not follow a linked .gitignore either.
            return this;
        }
        if (file.isEmpty()) {
            return this;
        }
        try (OpenFile open = file.get()) {
            byte[] text = Reading.bytes(open, inside.path().child(".gitignore"), FILE_BYTES);
            return new Ignores(Optional.of(this), inside.path(), parse(text));
        }
    }

    boolean covers(WorkspacePath path, boolean isFolder) {
        int depth = folder.parts().size();
        String relative = String.join("/", path.parts().subList(depth, path.parts().size()));
        MatchResult result = rules.isIgnored(relative, isFolder);
        return switch (result) {
            case IGNORED -> true;
            case NOT_IGNORED -> false;
            case CHECK_PARENT, CHECK_PARENT_NEGATE_FIRST_MATCH ->
                    above.isPresent() && above.get().covers(path, isFolder);
        };
    }

    private static IgnoreNode parse(byte[] text) throws IOException {
        var rules = new IgnoreNode();
        rules.parse(new ByteArrayInputStream(text));
        return rules;
    }
}
