package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.ledger.RaidKind;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.ledger.Written;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code record_note}: a row of the ledger in the file's own layout, or the word that there is
 * none. The same note twice in a shift is one row: the first answer may have been lost.
 */
final class RecordNote implements Tool {
    private final Project project;
    private final LedgerDesk ledger;
    private final Guidance guidance;
    private final TextCheck check;

    RecordNote(Project project, LedgerDesk ledger, Guidance guidance, TextCheck check) {
        this.project = project;
        this.ledger = ledger;
        this.guidance = guidance;
        this.check = check;
    }

    @Override
    public Traits traits() {
        return new Traits("record_note", Standing.SHIFT, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        String kind = turn.arguments().text("kind");
        if (turn.arguments().flag("none")) {
            turn.record(new Event.NoteRecorded(kind, Optional.empty(), true));
            return answer(turn, kind, Optional.empty());
        }
        String text = turn.arguments().text("text");
        List<Refusal> bad =
                check.words(
                        turn,
                        text
                                + "\n"
                                + String.join("\n", turn.arguments().fields("fields").values()));
        if (!bad.isEmpty()) {
            return new Outcome.Refused(bad);
        }
        return switch (write(turn, kind, text)) {
            case Verdict.Refused<Written>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<Written>(var written) -> {
                turn.record(new Event.NoteRecorded(kind, written.id(), false));
                learned(turn, kind, text);
                yield answer(turn, kind, Optional.of(written));
            }
        };
    }

    private Verdict<Written> write(Turn turn, String kind, String text) {
        var fields = turn.arguments().fields("fields");
        var pen =
                new Pen(project, turn.caller(), turn.shift().id())
                        .once("note", kind, text, fields.toString());
        return switch (kind) {
            case "session" -> ledger.session(pen, SessionEvent.NOTE, text, Optional.empty());
            case "memory" -> ledger.memory(pen, text);
            case "bug" -> ledger.bug(pen, text, fields);
            default ->
                    ledger.raid(pen, RaidKind.valueOf(kind.toUpperCase(Locale.ROOT)), text, fields);
        };
    }

    /** For a persona whose work is what is learned: the server wrote it down. */
    private static void learned(Turn turn, String kind, String text) {
        String outcome = "learned";
        if (kind.equals("memory") && turn.caller().persona().handoff(outcome).isPresent()) {
            turn.record(new Event.OutcomeObserved(outcome, Shown.brief(text, 200)));
        }
    }

    private Outcome answer(Turn turn, String kind, Optional<Written> written) {
        Reply reply =
                project.reply(
                        written.isEmpty()
                                ? "Noted: nothing to record for " + kind + "."
                                : "Recorded "
                                        + kind
                                        + written.flatMap(Written::id)
                                                .map(id -> " " + id)
                                                .orElse("")
                                        + ".");
        reply.put("kind", kind).put("none", written.isEmpty());
        written.ifPresent(row -> {
            row.id().ifPresent(id -> reply.put("id", id));
            if (!row.row().isEmpty()) { // else it was there: only its answer had been lost
                reply.put("row", Shown.brief(row.row(), 300));
            }
        });
        return reply.next(guidance.next(turn).orElseThrow()).done();
    }
}
