package dev.wharfinger.persona;

/** What the server checks a checklist line by. {@link #STATED} means: only by the agent's word. */
public enum ItemKind {
    READ_PLAN,
    LOAD_SKILL,
    READ_HANDOFF,
    CI,
    ENVIRONMENT,
    SESSION_START,
    ANNOUNCE,
    /** A proof was recorded in this shift. */
    PROOF,
    QUALITY_GATE,
    RAID,
    MEMORY,
    BRIEFING,
    PLAN_DONE,
    RUNBOOK,
    SESSION_END,
    INTEGRITY,
    TRIGGER_NEXT,
    /** The files that the line names were read: {@link ChecklistItem#files()}. */
    READ_FILE,
    STATED
}
