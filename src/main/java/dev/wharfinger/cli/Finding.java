package dev.wharfinger.cli;

import java.util.Optional;

/**
 * One line of {@code wharf doctor}: what was looked at, what was seen, and what to do where it is
 * not as it should be. It never holds a secret's value, only names and places.
 *
 * @param id stable, for programs: {@code journal.verified}
 * @param remedy what it means and how to close it; empty where nothing is to be done
 * @param blame the exit code that a failure asks for
 */
record Finding(
        State state,
        String id,
        String subject,
        String seen,
        Optional<String> remedy,
        ExitCode blame) {
    /** How it stands. */
    enum State {
        OK,
        /** It works; somebody should know. */
        WARN,
        /** It does not work. */
        FAIL
    }

    Finding {
        if (!id.matches("[a-z][a-z0-9-]*(\\.[A-Za-z0-9_/-]+)+")) {
            throw new IllegalArgumentException("no id of a finding: " + id);
        }
        if (state != State.OK && remedy.isEmpty()) {
            throw new IllegalArgumentException(id + " says no remedy");
        }
    }
}
