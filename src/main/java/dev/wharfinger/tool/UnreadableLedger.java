package dev.wharfinger.tool;

import dev.wharfinger.rule.Refusal;

import java.util.List;

/**
 * A ledger file that is there and may not be read: a link, a device, too large. Its refusals say
 * why.
 */
final class UnreadableLedger extends RuntimeException {
    private final transient List<Refusal> refusals;

    UnreadableLedger(List<Refusal> refusals) {
        super(refusals.getFirst().reason());
        this.refusals = List.copyOf(refusals);
    }

    List<Refusal> refusals() {
        return refusals;
    }
}
