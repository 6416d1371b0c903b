package dev.wharfinger.tool;

import dev.wharfinger.ledger.RunbookRow;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.ledger.Ticket;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ReleaseRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The persona file's rollback protocol, as far as the server can carry it out. */
record ReturnNotices(Project project, LedgerDesk ledger) {
    /** Writes what can be written; what cannot goes to {@code recorded}. */
    List<String> write(
            Pen pen,
            PeopleEvent.ReturnStarted begun,
            PeopleEvent.ReturnFinished end,
            List<String> recorded) {
        var written = new ArrayList<String>();
        var paths = project.settings().ledger();
        note(
                "notice in " + paths.sessionLog(),
                () -> refusal(notice(pen, begun, end)),
                written,
                recorded);
        note(
                "bug ticket in " + paths.plan(),
                () -> refusal(ledger.bug(pen.once("ticket " + begun.id()), ticket(begun))),
                written,
                recorded);
        note(
                "row in " + paths.runbook(),
                () ->
                        refusal(
                                ledger.runbook(
                                        pen.once("runbook " + begun.id()), row(pen, begun, end))),
                written,
                recorded);
        note(
                "status 🚨 ROLLBACK in " + paths.plan(),
                () -> ledger.moveRow(pen, StatusWord.ROLLBACK),
                written,
                recorded);
        return written;
    }

    /**
     * The same of a release that did not stand its soak: it was live, so its way back is a rollback
     * like any other. What is written already of that deployment stays as it is.
     */
    void writeOfSoak(Pen pen, DeployPlan plan, Event.DeployFinished end) {
        var release =
                new ReleaseRecord(plan.artifact(), plan.version(), plan.commit(), end.deployment());
        var begun =
                new PeopleEvent.ReturnStarted(
                        end.deployment(),
                        end.environment(),
                        end.deployment(),
                        release,
                        plan.rollback(),
                        0,
                        end.detail());
        var ended =
                new PeopleEvent.ReturnFinished(
                        end.deployment(),
                        end.environment(),
                        end.state(),
                        end.detail(),
                        end.runs(),
                        0);
        var missed = new ArrayList<String>();
        write(pen, begun, ended, missed);
        missed.forEach(what -> log().log(Level.WARNING, what));
    }

    private Verdict<?> notice(
            Pen pen, PeopleEvent.ReturnStarted begun, PeopleEvent.ReturnFinished end) {
        String what =
                "ROLLBACK in "
                        + begun.environment()
                        + ": "
                        + begun.from().version()
                        + " → "
                        + version(begun)
                        + ": "
                        + begun.reason();
        return ledger.session(
                pen.once("notice " + begun.id()),
                SessionEvent.NOTICE,
                Shown.brief(what, 300),
                Optional.of(end.state()));
    }

    private Ticket ticket(PeopleEvent.ReturnStarted begun) {
        var now = project.clock().instant();
        String title =
                "Regression in "
                        + begun.from().version()
                        + " ("
                        + begun.environment()
                        + "): "
                        + begun.reason();
        return new Ticket(
                Shown.brief(title, 200),
                "high",
                "/build",
                now,
                List.of(
                        new Ticket.Due("root cause", now.plus(Duration.ofHours(1))),
                        new Ticket.Due("regression test, checklist", "/retro")),
                begun.id());
    }

    private RunbookRow row(
            Pen pen, PeopleEvent.ReturnStarted begun, PeopleEvent.ReturnFinished end) {
        Optional<ReleaseRecord> to = begun.to();
        return new RunbookRow(
                project.clock().instant(),
                version(begun),
                begun.environment(),
                to.map(r -> r.commit().sha().substring(0, 10)).orElse(""),
                to.map(r -> r.artifact().substring(0, 12)).orElse(""),
                end.state(),
                begun.from().version(),
                pen.caller().principal().value(),
                Shown.brief(begun.reason(), 200));
    }

    private static String version(PeopleEvent.ReturnStarted begun) {
        return begun.to().map(ReleaseRecord::version).orElse("absent");
    }

    private static Optional<Refusal> refusal(Verdict<?> verdict) {
        return verdict.fold(_ -> Optional.empty(), no -> Optional.of(no.getFirst()));
    }

    /** Made when there is something to say: that takes a tenth of a cold start. */
    private static Logger log() {
        return Logger.getLogger(ReturnNotices.class.getName());
    }

    private static void note(
            String what,
            Supplier<Optional<Refusal>> write,
            List<String> written,
            List<String> recorded) {
        try {
            write.get()
                    .ifPresentOrElse(
                            no -> recorded.add(what + " not written: " + no.reason()),
                            () -> written.add(what));
        } catch (RuntimeException broken) {
            log().log(Level.WARNING, what, broken);
            recorded.add(what + " not written: " + broken.getMessage());
        }
    }
}
