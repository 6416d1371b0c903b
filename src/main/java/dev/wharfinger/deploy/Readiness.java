package dev.wharfinger.deploy;

/** Whether a return would work now. */
public sealed interface Readiness {
    /** The release before is at hand with exactly its bytes. */
    record Ready(Release previous, String where) implements Readiness {}

    /** Nothing ran before: a return stops and removes. */
    record Absent() implements Readiness {}

    /** A return would fail. */
    record NotReady(String reason) implements Readiness {}
}
