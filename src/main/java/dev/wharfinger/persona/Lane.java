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

            /** Written out: the JDK links the generated one for 10 ms of the first answer. */
            @Override
            public boolean equals(Object other) {
                return other instanceof Folder it && folder.equals(it.folder);
            }

            @Override
            public int hashCode() {
                return folder.hashCode();
            }
        }

        /** One file. */
        record File(WorkspacePath file) implements Reach {
            @Override
            public String toString() {
                return file.toString();
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof File it && file.equals(it.file);
            }

            @Override
            public int hashCode() {
                return file.hashCode();
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
