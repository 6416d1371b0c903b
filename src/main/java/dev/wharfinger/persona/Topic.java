package dev.wharfinger.persona;

/** The parts of a persona file. */
public enum Topic {
    PROTOCOL("Anti-Hallucination Protocol"),
    LANES("Lane"),
    TIMING("Timing"),
    STATUSES("Status Emoji Reference"),
    ENTRY("Entry Checklist"),
    PREREQUISITES("Prerequisites"),
    PROHIBITIONS("Prohibitions"),
    PHASES("Workflow Execution"),
    QUALITY_GATE("Quality Gate"),
    EXIT("Exit Checklist"),
    HANDOFFS("Handoff Matrix"),
    ROLLBACK("Rollback Protocol"),
    SKILL("Load Skill");

    private final String title;

    Topic(String title) {
        this.title = title;
    }

    /** The heading, or the label, under which a file writes it. */
    public String title() {
        return title;
    }
}
