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

    /** Removes it with what is in it; links are removed, not followed. */
    @Override
    public void close() {
        remove(folder);
    }

    private static void remove(File file) {
        String[] names = Posix.readLink(file.getPath()).isPresent() ? null : file.list();
        for (String name : names == null ? new String[0] : names) {
            remove(new File(file, name));
        }
        // What cannot be removed stays; it is a temporary folder, and the run is over.
        boolean unused = file.delete();
    }
}
