package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a project's state lives, outside its tree: {@code $XDG_STATE_HOME/wharfinger/<project>/},
 * or what {@code --state} says. Mode 0700. A note in it says whose it is, so that two folders of
 * the same name never share a journal.
 */
record StateFolder(Path path) {
    private static final String OWNER = "root";

    /** The state folder at this path, for the project in this root; made where it is missing. */
    static StateFolder of(Path root, Path path) throws IOException, CommandFailed {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        Path note = path.resolve(OWNER);
        if (Files.exists(note)) {
            String owner = Files.readString(note, StandardCharsets.UTF_8).strip();
            if (!owner.equals(root.toString())) {
                throw new CommandFailed(
                        ExitCode.CONFIGURATION,
                        "the state folder "
                                + path
                                + " belongs to "
                                + owner
                                + ", not to "
                                + root
                                + "; name another with --state, or give the project another name");
            }
        } else {
            Files.writeString(note, root + "\n", StandardCharsets.UTF_8);
        }
        return new StateFolder(path);
    }

    Path socket() {
        return path.resolve("wharf.sock");
    }

    Path approvers() {
        return path.resolve("approvers");
    }

    Path trust() {
        return path.resolve("trust");
    }

    /** The copy of a file of the rules as it was accepted. */
    Path trusted(String name) {
        return trust().resolve(name.replace('/', '_').replace(':', '_'));
    }

    Path tokens() {
        return path.resolve("tokens");
    }

    Path owed() {
        return path.resolve("owed");
    }

    Path artifacts() {
        return path.resolve("artifacts");
    }

    Path checkouts() {
        return path.resolve("checkouts");
    }
}
