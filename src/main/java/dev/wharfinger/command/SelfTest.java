package dev.wharfinger.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether walls stand here, by a child that tries them; a version number proves nothing. */
final class SelfTest {
    private SelfTest() {}

    /** A child reads what it may, and cannot read what is hidden. Anything else is a no. */
    static boolean isConfined(Map<String, String> environment) {
        if (Landlock.abi() < 1) {
            return false;
        }
        try (Scratch scratch = Scratch.make()) {
            Path open = folderWithFile(scratch, "open");
            Path hidden = folderWithFile(scratch, "hidden");
            return canRead(open.resolve("file"), open, hidden, environment)
                    && !canRead(hidden.resolve("file"), open, hidden, environment);
        } catch (IOException failed) {
            return false;
        }
    }

    private static Path folderWithFile(Scratch scratch, String name) throws IOException {
        File folder = scratch.folder().resolve(name).toFile();
        Posix.makePrivateFolder(folder.getPath());
        String file = new File(folder, "file").getPath();
        int descriptor = Posix.open(file, Posix.O_WRONLY | Posix.O_CREAT);
        Posix.close((int) Posix.check("cannot make " + file, descriptor));
        return folder.toPath();
    }

    private static boolean canRead(
            Path file, Path folder, Path hidden, Map<String, String> environment)
            throws IOException {
        Path cat = Programs.resolve("cat", folder, "/usr/bin:/bin");
        Reach reach = Reach.of(folder, folder, List.of(hidden), environment);
        try (Landlock walls = reach.toLandlock()) {
            List<String> argv = List.of("cat", file.toString());
            Spawn.Output log = new Spawn.Output.Appended(Path.of("/dev/null"));
            long pid =
                    Walled.on(() ->
                            Spawn.start(cat, argv, Map.of(), folder, log, Optional.of(walls)));
            return Posix.reap(pid) == 0;
        }
    }
}
