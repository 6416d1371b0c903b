package dev.wharfinger.tool;

import java.util.Optional;

/**
 * The integrity check of the exit checklist: a declared command, or the built-in look at the
 * ledger.
 */
interface Integrity {
    /** What is wrong; empty where the check passes. */
    Optional<String> problem();
}
