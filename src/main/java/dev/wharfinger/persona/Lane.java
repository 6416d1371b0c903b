package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;

/** Where one persona may write, as its Markdown file declares it. */
public record Lane(Mode mode, List<Reach> reaches, Source source) {
    /** Owner and collaborative lanes may be written; a reader lane never. */
    public enum Mode {
        OWNER,
        COLLABORATIVE,
        READER;

        /** Whether a path of this lane may be written. */
        public boolean mayWrite() {
            return this != READER;
        }
    }

    public Lane {
        reaches = List.copyOf(reaches);
    }

    /** Whether the path lies in this lane. */
    public boolean covers(WorkspacePath path) {
        return reaches.stream().anyMatch(reach -> reach.covers(path));
    }

    /** Two shapes and no globs: a reader can settle any path by eye. */
    public sealed interface Reach {
        /** Everything below a folder. */
        record Folder(WorkspacePath folder) implements Reach {
            @Override
            public String toString() {
                return folder + "/";
            }
        }

        /** One file. */
        record File(WorkspacePath file) implements Reach {
            @Override
            public String toString() {
                return file.toString();
            }
        }

        /** Whether the path is this file, or lies below this folder. */
        default boolean covers(WorkspacePath path) {
            return switch (this) { // no default: a new shape must not compile until placed
                case Folder(var folder) -> path.isBelow(folder);
                case File(var file) -> path.equals(file);
            };
        }
    }
}
