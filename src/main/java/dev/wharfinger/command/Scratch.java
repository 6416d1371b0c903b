package dev.wharfinger.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A command's private folder for temporary files: made for one run, readable by nobody else. */
final class Scratch implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final File folder;

    private Scratch(File folder) {
        this.folder = folder;
    }

    static Scratch make() throws IOException {
        byte[] name = new byte[16];
        RANDOM.nextBytes(name);
        File parent = new File(System.getProperty("java.io.tmpdir", "/tmp"));
        File folder = new File(parent, "wharf-run-" + HexFormat.of().formatHex(name));
        Posix.makePrivateFolder(folder.getPath());
        return new Scratch(folder);
    }

    Path folder() {
        return folder.toPath();
    }

    /**
     * Removes it with what is in it. Where walls can be had, by a thread that cannot leave the
     * folder: a process that got away could swap a folder for a link while it is being emptied.
     */
    @Override
    public void close() throws IOException {
        if (Landlock.abi() < 1) {
            empty(folder);
        } else {
            try (Landlock walls = Landlock.create()) {
                walls.allow(folder.toPath().toRealPath(), Landlock.Access.WRITE);
                long bound =
                        Walled.on(() -> {
                            long failed = walls.bindThisThread();
                            if (failed == 0) {
                                empty(folder);
                            }
                            return failed;
                        });
                Posix.check("cannot confine the removal of " + folder, bound);
            }
        }
        // What cannot be removed stays: it is a temporary folder, and the run's result stands.
        boolean unused = folder.delete();
    }

    private static void empty(File folder) {
        String[] names = folder.list();
        for (String name : names == null ? new String[0] : names) {
            File file = new File(folder, name);
            if (Posix.readLink(file.getPath()).isEmpty()) {
                empty(file);
            }
            boolean unused = file.delete();
        }
    }
}
