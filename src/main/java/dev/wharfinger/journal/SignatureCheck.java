package dev.wharfinger.journal;

import java.util.Optional;

/**
 * Verifies one note's signature in a thread of its own, beside the reading of the log: in a process
 * that has just begun each takes some 20 ms.
 */
final class SignatureCheck {
    private final Thread thread;
    private volatile Optional<String> wrong = Optional.of("it was never verified");

    private SignatureCheck(String note, NoteVerifier key) {
        thread =
                Thread.ofPlatform()
                        .name("journal-verify")
                        .unstarted(() -> wrong = check(note, key));
    }

    static SignatureCheck start(String note, NoteVerifier key) {
        var check = new SignatureCheck(note, key);
        check.thread.start();
        return check;
    }

    /** What is wrong with it, once that is known; empty when this key signed it. */
    Optional<String> wrong() {
        try {
            thread.join();
            return wrong;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted before its signature was verified");
        }
    }

    private static Optional<String> check(String note, NoteVerifier key) {
        try {
            return SignedNote.parse(note).isSignedBy(key)
                    ? Optional.empty()
                    : Optional.of("it is not signed by our key " + key.vkey());
        } catch (NoteUnreadable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
