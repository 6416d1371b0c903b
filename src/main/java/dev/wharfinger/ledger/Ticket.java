package dev.wharfinger.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A bug ticket as the server opens it. The due times are given by the caller and written as they
 * are; nothing here looks at a clock.
 */
public record Ticket(
        String title,
        String severity,
        String owner,
        Instant opened,
        List<Due> due,
        String details) {
    public Ticket {
        due = List.copyOf(due);
    }

    /** What is owed by when; a time is given as an instant or, where there is none, in words. */
    public record Due(String what, String when) {
        public Due(String what, Instant when) {
            this(what, Stamp.minutes(when));
        }
    }
}
