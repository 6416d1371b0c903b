package dev.wharfinger.ledger;

import java.time.Instant;
import java.util.Optional;

/** Times as ledger files write them, in UTC, and the times that stand in a text. */
final class Stamp {
    private Stamp() {}

    /** {@code 2026-11-22}. */
    static String date(Instant at) {
        return at.toString().substring(0, 10);
    }

    /** {@code 10:11 UTC}. */
    static String time(Instant at) {
        return at.toString().substring(11, 16) + " UTC";
    }

    /** {@code 2026-11-22 10:11 UTC}. */
    static String minutes(Instant at) {
        return date(at) + " " + time(at);
    }

    /**
     * The same moment in the form of another stamp: date alone, or with a {@code T}, or in full.
     */
    static String like(String other, Instant at) {
        var bare = other.strip();
        if (bare.length() == 10 && sortable(bare).isPresent()) {
            return date(at);
        }
        boolean iso = bare.length() > 11 && bare.charAt(10) == 'T' && sortable(bare).isPresent();
        return iso ? date(at) + "T" + at.toString().substring(11, 16) + "Z" : minutes(at);
    }

    /**
     * The first date of a text, with its time where one follows, in a form that sorts; nothing
     * where it has none.
     */
    static Optional<String> sortable(String text) {
        for (int at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1)) {
            int start = at - 4;
            if (start >= 0
                    && fits(text, start, "dddd-dd-dd")
                    && !isDigit(text, start - 1)
                    && !isDigit(text, start + 10)) {
                int time = start + 11;
                boolean timed =
                        fits(text, time, "dd:dd") && "T ".indexOf(text.charAt(time - 1)) >= 0;
                var date = text.substring(start, start + 10);
                return Optional.of(timed ? date + " " + text.substring(time, time + 5) : date);
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String text, int start, String shape) {
        if (start + shape.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            boolean digit = shape.charAt(i) == 'd';
            char c = text.charAt(start + i);
            if (digit ? c < '0' || c > '9' : c != shape.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }
}
