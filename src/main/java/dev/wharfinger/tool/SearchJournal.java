package dev.wharfinger.tool;

import dev.wharfinger.call.Arguments;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.JsonTree;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code search_journal}: the entries that fit, newest first, a page at a time. */
final class SearchJournal implements Tool {
    private static final int PAGE = 20;
    private final Project project;

    SearchJournal(Project project) {
        this.project = project;
    }

    @Override
    public Traits traits() {
        return new Traits("search_journal", Standing.NO_SHIFT, Nature.READS, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        Arguments asked = turn.arguments();
        try {
            Optional<Instant> since = asked.maybeText("since").map(Instant::parse);
            Optional<Instant> until = asked.maybeText("until").map(Instant::parse);
            long before =
                    asked.maybeText("cursor").map(Long::parseUnsignedLong).orElse(Long.MAX_VALUE);
            return page(search(asked, since, until, before));
        } catch (DateTimeException | NumberFormatException e) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "A time or the cursor cannot be read: " + e.getMessage() + ".",
                            "Write times as 2026-11-22T10:00:00Z, and take cursors from an"
                                    + " answer."));
        }
    }

    private List<JournalEntry> search(
            Arguments asked, Optional<Instant> since, Optional<Instant> until, long before) {
        var found = new ArrayList<JournalEntry>();
        long size = project.recorder().journal().size();
        for (long index = Math.min(size, before) - 1; index >= 0 && found.size() <= PAGE; index--) {
            JournalEntry entry = project.recorder().journal().entry(index);
            JsonNode node = JsonTree.read(entry.line());
            boolean fits =
                    has(entry.line(), asked.maybeText("text"))
                            && is(node, "persona", asked.maybeText("persona"))
                            && is(node, "shift", asked.maybeText("shift"))
                            && rule(node, asked.maybeText("rule"))
                            && since.filter(at -> time(node).isBefore(at)).isEmpty()
                            && until.filter(at -> time(node).isAfter(at)).isEmpty();
            if (fits) {
                found.add(entry);
            }
        }
        return found;
    }

    private static boolean has(String line, Optional<String> text) {
        return text.filter(t -> !line.toLowerCase(Locale.ROOT).contains(t.toLowerCase(Locale.ROOT)))
                .isEmpty();
    }

    private static boolean is(JsonNode node, String name, Optional<String> value) {
        return value.filter(v ->
                        !node.path(name)
                                .asString("")
                                .equals(v.startsWith("/") ? v.substring(1) : v))
                .isEmpty();
    }

    private static boolean rule(JsonNode node, Optional<String> rule) {
        if (rule.isEmpty()) {
            return true;
        }
        for (JsonNode item : node.path("rules")) {
            if (item.asString().equals(rule.get())) {
                return true;
            }
        }
        return false;
    }

    private static Instant time(JsonNode node) {
        return Instant.parse(node.path("at").asString());
    }

    private Outcome page(List<JournalEntry> found) {
        boolean more = found.size() > PAGE;
        List<JournalEntry> shown = more ? found.subList(0, PAGE) : found;
        Reply reply = project.reply(shown.size() + " entries" + (more ? ", and more." : "."));
        var list = reply.list("entries");
        for (JournalEntry entry : shown) {
            list.addObject().put("index", entry.index()).set("entry", JsonTree.read(entry.line()));
            reply.line(entry.index() + " " + Shown.brief(entry.line(), 300));
        }
        if (more) {
            reply.more(Long.toString(shown.getLast().index()));
        }
        return reply.done();
    }
}
