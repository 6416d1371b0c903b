package dev.wharfinger.persona;

/** What a line of the anti-hallucination protocol asks for, as far as the server can hold it. */
public enum ProtocolKind {
    LISTED_FILES,
    READ_LEDGER,
    CHARTER_SCOPE,
    VERSIONS,
    UNTESTED_CODE,
    /** Only what a proof shows may be called passed. */
    PROOF,
    STATED
}
