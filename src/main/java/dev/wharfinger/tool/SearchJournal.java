package dev.wharfinger.tool;

import dev.wharfinger.call.Arguments;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.JsonTree;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

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
            var search =
                    new JournalSearch(
                            asked.maybeText("text"),
                            asked.maybeText("persona"),
                            asked.maybeText("shift"),
                            asked.maybeText("rule"),
                            asked.maybeText("since").map(Instant::parse),
                            asked.maybeText("until").map(Instant::parse));
            long before =
                    asked.maybeText("cursor").map(Long::parseUnsignedLong).orElse(Long.MAX_VALUE);
            return page(search.newest(project.recorder().journal(), before, PAGE + 1));
        } catch (DateTimeException | NumberFormatException e) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "A time or the cursor cannot be read: " + e.getMessage() + ".",
                            "Write times as 2026-11-22T10:00:00Z, and take cursors from an"
                                    + " answer."));
        }
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
