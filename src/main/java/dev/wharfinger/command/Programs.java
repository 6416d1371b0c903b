package dev.wharfinger.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the program that a name means, without a shell and never through a relative PATH entry. */
final class Programs {
    private Programs() {}

    /** The absolute folders of a PATH, in their order. A relative one would mean the caller's. */
    static List<Path> folders(String path) {
        List<Path> folders = new ArrayList<>();
        for (String part : path.split(File.pathSeparator)) {
            if (part.startsWith("/")) {
                folders.add(Path.of(part));
            }
        }
        return folders;
    }

    /** The program on that PATH, or nothing. */
    static Optional<Path> onPath(String name, String path) {
        return folders(path).stream()
                .map(folder -> folder.resolve(name))
                .filter(Programs::isProgram)
                .findFirst();
    }

    /**
     * The absolute program.
     *
     * @throws IOException where nothing executable is meant, or a relative path leaves the folder
     */
    static Path resolve(String program, Path folder, String path) throws IOException {
        if (program.startsWith("/")) {
            return existing(Path.of(program), program);
        }
        if (program.indexOf('/') < 0) {
            return onPath(program, path)
                    .orElseThrow(() -> new IOException("no program " + program + " on the PATH"));
        }
        Path candidate = folder.resolve(program).normalize();
        if (!candidate.startsWith(folder.normalize())) {
            throw new IOException("the program " + program + " is outside the working folder");
        }
        Path found = existing(candidate, program);
        if (!found.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException("the program " + program + " leads out of the working folder");
        }
        return found;
    }

    private static Path existing(Path candidate, String program) throws IOException {
        if (!isProgram(candidate)) {
            throw new IOException("no executable program " + program);
        }
        return candidate;
    }

    private static boolean isProgram(Path candidate) {
        File file = candidate.toFile();
        return file.isFile() && file.canExecute();
    }
}
