package dev.wharfinger.cli;

import dev.wharfinger.cli.Finding.State;

import java.util.List;

/**
 * What {@code wharf doctor} prints for people: a mark, the thing, what was seen; below it, where it
 * is not ok, what to do. As wide as the terminal says in {@code COLUMNS}, else 100.
 */
final class DoctorPage {
    private static final int MARK = 6;
    private static final int WIDEST_SUBJECT = 24;

    private final Terminal terminal;
    private final int width;

    DoctorPage(Terminal terminal) {
        this.terminal = terminal;
        this.width = Paragraph.columns(terminal);
    }

    void print(Checkup checkup) {
        line("wharf doctor  " + checkup.patient().root());
        for (Section section : checkup.sections()) {
            line("");
            line(paint("1", section.title()));
            int left =
                    section.findings().stream()
                            .mapToInt(each -> Table.plain(each.subject()).length())
                            .max()
                            .orElse(0);
            for (Finding finding : section.findings()) {
                print(checkup, finding, MARK + Math.min(left, WIDEST_SUBJECT) + 2);
            }
        }
        line("");
        line(summary(checkup));
    }

    private void print(Checkup checkup, Finding finding, int left) {
        String indent = " ".repeat(left);
        String subject = Table.plain(finding.subject());
        String head = "%-" + (left - MARK - 2) + "s  ";
        List<String> seen = wrapped(checkup.safe(finding.seen()), left);
        boolean tooLong = subject.length() > left - MARK - 2;
        String mark = paint(colour(finding.state()), "%-5s".formatted(mark(finding.state()))) + " ";
        line(mark + (tooLong ? subject : head.formatted(subject) + seen.getFirst()));
        seen.stream().skip(tooLong ? 0 : 1).forEach(part -> line(indent + part));
        finding.remedy()
                .ifPresent(remedy ->
                        wrapped("→ " + checkup.safe(remedy), left)
                                .forEach(part -> line(indent + paint("2", part))));
    }

    private List<String> wrapped(String text, int left) {
        return Paragraph.wrap(Table.plain(text), width - left);
    }

    private String summary(Checkup checkup) {
        var counts = checkup.counts();
        int fails = counts.getOrDefault(State.FAIL, 0);
        int warnings = counts.getOrDefault(State.WARN, 0);
        String numbers =
                "%d ok, %d to know, %d to mend"
                        .formatted(counts.getOrDefault(State.OK, 0), warnings, fails);
        return fails == 0
                ? paint("32", "Nothing is broken") + ": " + numbers + "."
                : paint("31", "Something is broken") + ": " + numbers + ".";
    }

    private static String mark(State state) {
        return switch (state) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "FAIL";
        };
    }

    private static String colour(State state) {
        return switch (state) {
            case OK -> "32";
            case WARN -> "33";
            case FAIL -> "31;1";
        };
    }

    private String paint(String code, String text) {
        return terminal.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void line(String text) {
        terminal.out().println(text.stripTrailing());
    }
}
