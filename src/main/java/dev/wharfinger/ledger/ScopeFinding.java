package dev.wharfinger.ledger;

import java.util.List;

/** What the charter says of a request, the lines it rests on, and why in a sentence. */
public record ScopeFinding(Verdict verdict, List<CharterItem> lines, String reason) {
    /** The words are those of {@code check_scope}. */
    public enum Verdict {
        IN_SCOPE("in_scope"),
        SCOPE_CREEP("scope_creep"),
        UNKNOWN("unknown");

        private final String id;

        Verdict(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    public ScopeFinding {
        lines = List.copyOf(lines);
    }
}
