package dev.wharfinger.persona;

/** What happens in a phase, so that the server can tell when it is done. */
public enum PhaseKind {
    CHECKS,
    VARIABLES,
    STAGING,
    SMOKE,
    PRODUCTION,
    MONITORING,
    DOCUMENTATION,
    /**
     * A report is made and recorded as a proof: the phases of {@code /test} and {@code /security}.
     */
    PROOF,
    /** No machine can tell; the agent says so. */
    STATED
}
