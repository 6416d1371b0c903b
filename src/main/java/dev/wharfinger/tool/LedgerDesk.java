package dev.wharfinger.tool;

import dev.wharfinger.call.Arguments;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.ledger.Briefing;
import dev.wharfinger.ledger.HandoffNotes;
import dev.wharfinger.ledger.LedgerFile;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.ledger.LedgerUnwritable;
import dev.wharfinger.ledger.Memory;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.ledger.RaidKind;
import dev.wharfinger.ledger.RaidLog;
import dev.wharfinger.ledger.Runbook;
import dev.wharfinger.ledger.RunbookRow;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.ledger.SessionLog;
import dev.wharfinger.ledger.SessionRow;
import dev.wharfinger.ledger.Ticket;
import dev.wharfinger.ledger.Written;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Writes the ledger's rows: in each file's own layout, staged and journaled like every write. */
final class LedgerDesk {
    private static final String TOOL = "ledger";
    private final Project project;
    private final Library library;
    private final FileDesk files;
    private final Writing writing = new Writing();

    LedgerDesk(Project project, Library library, FileDesk files) {
        this.project = project;
        this.library = library;
        this.files = files;
    }

    private LedgerPaths paths() {
        return project.settings().ledger();
    }

    private interface Edit {
        Written of(String file, Optional<byte[]> now) throws LedgerUnwritable;
    }

    /** One edit of one ledger file, under the project's lock; a row that is there stays one. */
    private Verdict<Written> edit(Pen pen, WorkspacePath path, Edit edit) {
        return project.alone(() -> {
            Optional<Event.Row> there = pen.written();
            if (there.isPresent()) {
                return Verdict.granted(new Written(new byte[0], 1, "", there.get().id()));
            }
            Optional<FileContent> now = library.readable(path);
            try {
                Written written = edit.of(path.toString(), now.map(FileContent::bytes));
                byte[] bytes = written.bytes();
                if (now.filter(file -> Arrays.equals(file.bytes(), bytes)).isEmpty()) {
                    store(pen, path, now, written);
                }
                return Verdict.granted(written);
            } catch (LedgerUnwritable e) {
                return Verdict.refused(refusal(e));
            }
        });
    }

    private void store(Pen pen, WorkspacePath path, Optional<FileContent> now, Written written) {
        byte[] bytes = written.bytes();
        var row = pen.row().map(name -> new Event.Row(name, written.id()));
        var grant = writing.ledger(path, ContentHash.of(bytes), now.map(FileContent::hash));
        Optional<Outcome> failure = files.write(pen, grant, bytes, TOOL, row);
        failure.ifPresent(outcome -> {
            String why =
                    outcome instanceof Outcome.Failed failed
                            ? failed.reason()
                            : "it changed while it was being written";
            throw new UncheckedIOException(new IOException("`" + path + "`: " + why));
        });
    }

    private static Refusal refusal(LedgerUnwritable e) {
        return Refusal.by(
                        Opener.HUMAN,
                        RuleId.ENTRY_INCOMPLETE,
                        "`"
                                + e.file()
                                + "` would have to be written and is not understood: "
                                + e.reason()
                                + ".",
                        "Tell the user to mend that line; reading goes on meanwhile.")
                .from(e.source());
    }

    /** Why a shift cannot begin; empty where PLAN.md and the session log can be written. */
    Optional<Refusal> cannotBegin(Persona persona) {
        return unwritable(paths().plan(), (file, now) -> row(file, now, persona, StatusWord.ACTIVE))
                .or(() ->
                        unwritable(
                                paths().sessionLog(),
                                (file, now) -> SessionLog.append(file, now, probe(persona))));
    }

    /** Why a shift cannot hand over; empty where every file of the handoff can be written. */
    Optional<Refusal> cannotWrite(Persona persona) {
        return cannotBegin(persona)
                .or(() ->
                        unwritable(
                                paths().handoff(),
                                (file, now) ->
                                        HandoffNotes.add(file, now, probeBriefing(persona))));
    }

    private Optional<Refusal> unwritable(WorkspacePath path, Edit edit) {
        try {
            edit.of(path.toString(), library.readable(path).map(FileContent::bytes));
            return Optional.empty();
        } catch (LedgerUnwritable e) {
            return Optional.of(refusal(e));
        }
    }

    private SessionRow probe(Persona persona) {
        return new SessionRow(
                project.clock().instant(),
                persona.name().command(),
                SessionEvent.NOTE,
                "probe",
                Optional.empty(),
                Optional.empty());
    }

    private Briefing probeBriefing(Persona persona) {
        return new Briefing(
                project.clock().instant(),
                persona.name().command(),
                "human",
                "probe",
                "probe",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static Written row(String file, Optional<byte[]> now, Persona persona, StatusWord word)
            throws LedgerUnwritable {
        byte[] before = now.orElseGet(LedgerFile.PLAN::template);
        String emoji =
                persona.statuses().stream()
                        .filter(status -> status.word() == word)
                        .map(status -> status.emoji())
                        .findFirst()
                        .orElse(word.emoji());
        byte[] after =
                Plan.parse(file, before).withStatus(persona.name().command(), emoji, word.name());
        return new Written(after, 1, "", Optional.empty());
    }

    /** Moves the persona's row in PLAN.md; a refusal where the row cannot be moved. */
    Optional<Refusal> moveRow(Pen pen, StatusWord word) {
        Persona persona = pen.caller().persona();
        Verdict<Written> moved =
                edit(pen, paths().plan(), (file, now) -> row(file, now, persona, word));
        if (moved instanceof Verdict.Refused<Written>(var no)) {
            return Optional.of(no.getFirst());
        }
        pen.record(new Event.StatusMoved(persona.name().command(), word.name()));
        return Optional.empty();
    }

    /** A line in the session log. */
    Verdict<Written> session(Pen pen, SessionEvent event, String text, Optional<String> output) {
        var row =
                new SessionRow(
                        project.clock().instant(),
                        pen.caller().persona().name().command(),
                        event,
                        text,
                        output,
                        pen.at().map(ShiftId::value));
        return edit(pen, paths().sessionLog(), (file, now) -> SessionLog.append(file, now, row));
    }

    /** A row in the RAID log, with the next free id. */
    Verdict<Written> raid(
            Pen pen, RaidKind kind, String text, SequencedMap<String, String> fields) {
        var entry =
                new RaidLog.Entry(
                        kind,
                        text,
                        fields,
                        pen.caller().persona().name().command(),
                        project.clock().instant());
        return edit(pen, paths().raidLog(), (file, now) -> RaidLog.add(file, now, entry));
    }

    /** A line in the team's memory. */
    Verdict<Written> memory(Pen pen, String text) {
        String command = pen.caller().persona().name().command();
        return edit(
                pen,
                paths().memory(),
                (file, now) -> Memory.add(file, now, command, text, project.clock().instant()));
    }

    /** A bug ticket in PLAN.md. */
    Verdict<Written> bug(Pen pen, String text, SequencedMap<String, String> fields) {
        var rest = new LinkedHashMap<>(fields);
        String severity = Optional.ofNullable(rest.remove("severity")).orElse("medium");
        String owner = Optional.ofNullable(rest.remove("owner")).orElse("/build");
        String details = Optional.ofNullable(rest.remove("details")).orElse("");
        var ticket =
                new Ticket(text, severity, owner, project.clock().instant(), List.of(), details);
        return bug(pen, ticket);
    }

    /** The same with its due times. */
    Verdict<Written> bug(Pen pen, Ticket ticket) {
        return edit(
                pen,
                paths().plan(),
                (file, now) ->
                        Plan.parse(file, now.orElseGet(LedgerFile.PLAN::template))
                                .withBugTicket(ticket));
    }

    /** A row in the runbook. */
    Verdict<Written> runbook(Pen pen, RunbookRow row) {
        return edit(pen, paths().runbook(), (file, now) -> Runbook.add(file, now, row));
    }

    /** The briefing for the next persona. */
    Verdict<Written> briefing(
            Pen pen,
            Exit.Ending ending,
            Arguments words,
            List<String> owed,
            List<String> unverified) {
        var context = new ArrayList<>(words.texts("context"));
        context.addAll(owed);
        var briefing =
                new Briefing(
                        project.clock().instant(),
                        pen.caller().persona().name().command(),
                        ending.next(),
                        ending.outcome(),
                        words.text("summary"),
                        words.texts("completed"),
                        words.texts("in_progress"),
                        words.texts("blockers"),
                        context,
                        words.texts("files"),
                        unverified,
                        pen.at().map(ShiftId::value));
        return edit(pen, paths().handoff(), (file, now) -> HandoffNotes.add(file, now, briefing));
    }
}
