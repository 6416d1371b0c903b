package dev.wharfinger.journal;

import java.nio.file.Path;

/** Where the journal's files lie in a state folder. */
record StateFolder(Path folder) {
    Path key() {
        return folder.resolve("journal.key");
    }

    Path vkey() {
        return folder.resolve("journal.vkey");
    }

    Path journal() {
        return folder.resolve("journal");
    }

    Path entries() {
        return journal().resolve("entries");
    }

    /** The line about a cut that still has to be appended. */
    Path cut() {
        return journal().resolve("cut");
    }

    Path checkpoints() {
        return folder.resolve("checkpoint");
    }

    Path snapshot() {
        return checkpoints().resolve("snapshot");
    }
}
