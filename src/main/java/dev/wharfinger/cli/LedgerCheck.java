package dev.wharfinger.cli;

import dev.wharfinger.ledger.Briefing;
import dev.wharfinger.ledger.Charter;
import dev.wharfinger.ledger.HandoffNotes;
import dev.wharfinger.ledger.LedgerFile;
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
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.Workspace;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What {@code wharf doctor} says of the ledger: each file is read as the server reads it, and a row
 * is put into its bytes in memory, which shows whether the server could write there.
 */
final class LedgerCheck {
    private static final long SIZE_LIMIT = 2L << 20;
    private static final String DEPLOY = "/deploy";

    private final Patient patient;
    private final Instant now;
    private final Section section = new Section("ledger", "Ledger");

    LedgerCheck(Patient patient) {
        this.patient = patient;
        this.now = patient.terminal().clock().instant();
    }

    Section look() throws IOException {
        var missing = new ArrayList<String>();
        try (Workspace workspace = Workspace.open(patient.root())) {
            for (LedgerFile file : LedgerFile.values()) {
                look(workspace, file, patient.config().ledger().path(file), missing);
            }
        }
        if (!missing.isEmpty()) {
            section.ok(
                    "missing", "not there yet", String.join(", ", missing) + "; made when written");
        }
        return section;
    }

    private void look(
            Workspace workspace, LedgerFile file, WorkspacePath path, List<String> missing) {
        String what = "file." + file.key();
        switch (workspace.read(path, SIZE_LIMIT)) {
            case Verdict.Refused<Optional<FileContent>>(var refusal) ->
                    section.fail(
                            ExitCode.WORLD,
                            what,
                            path.toString(),
                            refusal.getFirst().reason(),
                            "The server opens plain files below the root alone: put one there.");
            case Verdict.Granted<Optional<FileContent>>(var content) -> {
                if (content.isEmpty()) {
                    missing.add(path.toString());
                } else {
                    judge(file, path.toString(), content.get().bytes());
                }
            }
        }
    }

    private void judge(LedgerFile file, String path, byte[] bytes) {
        String what = "file." + file.key();
        try {
            write(file, path, bytes);
        } catch (LedgerUnwritable unwritable) {
            section.fail(
                    ExitCode.CONFIGURATION,
                    what,
                    path,
                    unwritable.source() + ": " + unwritable.reason(),
                    "It can be read, but the server refuses to write there: mend that line.");
            return;
        }
        Path real = patient.root().resolve(path);
        if (!Files.isWritable(real)) {
            section.fail(
                    ExitCode.WORLD,
                    what,
                    path,
                    "this user may not write it",
                    "Give the user that runs wharf leave to write it.");
        } else if (file == LedgerFile.PLAN && Plan.parse(path, bytes).row(DEPLOY).isEmpty()) {
            section.warn(
                    what,
                    path,
                    "no row of the squad's table is " + DEPLOY + "'s",
                    "Add `| "
                            + DEPLOY
                            + " | 💤 IDLE |` to the table: gates and phases move there.");
        } else {
            section.ok(what, path, "readable and writable");
        }
    }

    /** Every one of these is pure: bytes in, bytes out. */
    private void write(LedgerFile file, String path, byte[] bytes) throws LedgerUnwritable {
        Optional<byte[]> there = Optional.of(bytes);
        switch (file) {
            case PLAN -> {
                Plan plan = Plan.parse(path, bytes);
                if (plan.row(DEPLOY).isPresent()) {
                    plan.withStatus(DEPLOY, "💤", "IDLE");
                }
            }
            case HANDOFF -> HandoffNotes.add(path, there, briefing());
            case SESSION_LOG ->
                    SessionLog.append(
                            path,
                            there,
                            new SessionRow(
                                    now,
                                    DEPLOY,
                                    SessionEvent.NOTE,
                                    "look",
                                    Optional.empty(),
                                    Optional.empty()));
            case RAID_LOG ->
                    RaidLog.add(
                            path,
                            there,
                            new RaidLog.Entry(
                                    RaidKind.RISK, "look", new LinkedHashMap<>(), DEPLOY, now));
            case CHARTER -> Charter.parse(path, bytes); // nobody writes it
            case MEMORY -> Memory.add(path, there, DEPLOY, "look", now);
            case RUNBOOK ->
                    Runbook.add(
                            path,
                            there,
                            new RunbookRow(
                                    now, "0", "staging", "0", "0", "look", "0", DEPLOY, "look"));
        }
    }

    private Briefing briefing() {
        List<String> none = List.of();
        return new Briefing(
                now,
                DEPLOY,
                "/test",
                "blocked",
                "look",
                none,
                none,
                none,
                none,
                none,
                none,
                Optional.empty());
    }
}
