package dev.wharfinger.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A typed no: which rule, what was found, what to do, who can do it, the next legal calls, and the
 * line that says so. The remedy is an order that the reader can carry out, or says plainly that
 * somebody else must; it is never a way round the rule.
 *
 * @param notBefore when trying again makes sense, where time alone lifts it
 */
public record Refusal(
        RuleId rule,
        String reason,
        String remedy,
        Opener by,
        List<NextCall> next,
        Optional<Source> source,
        Optional<Instant> notBefore) {
    public Refusal {
        if (reason.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException(
                    rule + ": a refusal says what was found and what to do");
        }
        next = List.copyOf(next);
    }

    /** A refusal that does not end by itself. */
    public Refusal(
            RuleId rule,
            String reason,
            String remedy,
            Opener by,
            List<NextCall> next,
            Optional<Source> source) {
        this(rule, reason, remedy, by, next, source, Optional.empty());
    }

    /** A refusal that the caller can mend, with the calls that mend it. */
    public static Refusal byYou(RuleId rule, String reason, String remedy, NextCall... next) {
        return new Refusal(rule, reason, remedy, Opener.YOU, List.of(next), Optional.empty());
    }

    /** A refusal that somebody else must lift. */
    public static Refusal by(
            Opener by, RuleId rule, String reason, String remedy, NextCall... next) {
        return new Refusal(rule, reason, remedy, by, List.of(next), Optional.empty());
    }

    /** The same refusal with the line that demands it. */
    public Refusal from(Source where) {
        return new Refusal(rule, reason, remedy, by, next, Optional.of(where), notBefore);
    }

    /** The same refusal with other next calls. */
    public Refusal then(List<NextCall> calls) {
        return new Refusal(rule, reason, remedy, by, calls, source, notBefore);
    }

    /** The same refusal, where trying earlier than this is in vain. */
    public Refusal notBefore(Optional<Instant> time) {
        return new Refusal(rule, reason, remedy, by, next, source, time);
    }
}
