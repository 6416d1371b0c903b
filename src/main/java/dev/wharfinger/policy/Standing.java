package dev.wharfinger.policy;

import dev.wharfinger.rule.Refusal;

import java.util.List;

/** How a question to people stands now. */
public sealed interface Standing {
    /** Work may go on. */
    record Yes(DecidedGrant grant) implements Standing {}

    /**
     * Too few have said yes.
     *
     * @param lapsed why a yes that was given does not count, or counts no more
     */
    record Waiting(int given, int needed, List<Refusal> lapsed) implements Standing {
        public Waiting {
            lapsed = List.copyOf(lapsed);
        }
    }

    /** Somebody said no, and has not taken it back. */
    record No(String by, String reason) implements Standing {}

    /** As clients see it. */
    default String text() {
        return switch (this) {
            case Yes _ -> "approved";
            case Waiting _ -> "waiting";
            case No _ -> "denied";
        };
    }
}
