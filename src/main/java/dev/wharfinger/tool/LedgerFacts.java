package dev.wharfinger.tool;

import dev.wharfinger.ledger.Charter;
import dev.wharfinger.ledger.HandoffNotes;
import dev.wharfinger.ledger.LedgerFile;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.workspace.FileContent;

import java.util.Optional;

/** What decides in a ledger file: squad rows and blockers, notes to the persona, charter items. */
final class LedgerFacts {
    private LedgerFacts() {}

    static Optional<String> digest(LedgerPaths paths, String command, FileContent file) {
        Optional<LedgerFile> which = paths.at(file.path());
        if (which.isEmpty()) {
            return Optional.empty();
        }
        String name = file.path().toString();
        return switch (which.get()) {
            case PLAN -> Optional.of(Plan.parse(name, file.bytes()).factsDigest());
            case HANDOFF ->
                    Optional.of(HandoffNotes.parse(name, file.bytes()).factsDigest(command));
            case CHARTER -> Optional.of(Charter.parse(name, file.bytes()).factsDigest());
            case SESSION_LOG, RAID_LOG, MEMORY, RUNBOOK -> Optional.empty();
        };
    }
}
