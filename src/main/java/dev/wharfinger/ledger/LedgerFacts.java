package dev.wharfinger.ledger;

/**
 * What an action may rest on in each ledger file, as a digest: a plan's squad rows and blockers,
 * the handoff notes to one persona, the charter's items. Nothing rests on the lines of the logs, of
 * the memory and of the runbook, so their facts never change: every shift appends to them.
 */
public final class LedgerFacts {
    private LedgerFacts() {}

    /**
     * The digest of a file's facts, 64 lower-case hex digits. A file that is not understood has its
     * bytes for facts.
     *
     * @param command of the persona that reads, such as {@code /deploy}
     */
    public static String digest(LedgerFile kind, String file, byte[] bytes, String command) {
        return switch (kind) {
            case PLAN -> Plan.parse(file, bytes).factsDigest();
            case HANDOFF -> HandoffNotes.parse(file, bytes).factsDigest(command);
            case CHARTER -> Charter.parse(file, bytes).factsDigest();
            case SESSION_LOG, RAID_LOG, MEMORY, RUNBOOK -> new Facts().add("none").digest();
        };
    }
}
