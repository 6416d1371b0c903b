package dev.wharfinger.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The documents of the methodology, and what each looks like where a project has none yet. */
public enum LedgerFile {
    PLAN("plan", "PLAN.md"),
    HANDOFF("handoff", "HANDOFF_NOTES.md"),
    SESSION_LOG("session_log", "SESSION_LOG.md"),
    RAID_LOG("raid_log", "RAID_LOG.md"),
    CHARTER("charter", "CHARTER.md"),
    MEMORY("memory", "MEMORY.md"),
    RUNBOOK("runbook", "DEPLOYMENT_RUNBOOK.md");

    private final String key;
    private final String template;

    LedgerFile(String key, String template) {
        this.key = key;
        this.template = template;
    }

    /** Its name in {@code wharf.yaml}: {@code session_log}. */
    public String key() {
        return key;
    }

    /** The bytes of a new file. Every parser and writer here understands them. */
    public byte[] template() {
        var name = "/wharfinger/ledger/" + template;
        try (InputStream in = LedgerFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }
}
