package dev.wharfinger.call;

import dev.wharfinger.rule.Refusal;

import java.util.List;

/**
 * A file that a decision rests on is there and may not be read: a link, a device, too large. Found
 * deep inside a tool, where no result could carry it; the door answers with its refusals as with
 * any other.
 */
public final class Unreadable extends RuntimeException {
    private final transient List<Refusal> refusals;

    /** Unreadable for these reasons. */
    public Unreadable(List<Refusal> refusals) {
        super(refusals.getFirst().reason());
        this.refusals = List.copyOf(refusals);
    }

    /** Why, and who can mend it. */
    public List<Refusal> refusals() {
        return refusals;
    }
}
