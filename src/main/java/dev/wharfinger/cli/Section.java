package dev.wharfinger.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of {@code wharf doctor} about one thing, in the order in which it looked. */
final class Section {
    private final String id;
    private final String title;
    private final List<Finding> findings = new ArrayList<>();

    Section(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void ok(String what, String subject, String seen) {
        add(Finding.State.OK, what, subject, seen, Optional.empty(), ExitCode.DONE);
    }

    void warn(String what, String subject, String seen, String remedy) {
        add(Finding.State.WARN, what, subject, seen, Optional.of(remedy), ExitCode.DONE);
    }

    void fail(ExitCode blame, String what, String subject, String seen, String remedy) {
        add(Finding.State.FAIL, what, subject, seen, Optional.of(remedy), blame);
    }

    private void add(
            Finding.State state,
            String what,
            String subject,
            String seen,
            Optional<String> remedy,
            ExitCode blame) {
        findings.add(new Finding(state, id + "." + what, subject, seen, remedy, blame));
    }
}
