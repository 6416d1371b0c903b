package dev.wharfinger.policy;

import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How one gate stands for one commit and environment: what somebody claims, what is proved, and
 * what follows. A gate that does not apply is open and says so; whatever is not known keeps it
 * shut.
 */
public record GateState(
        GateId id,
        String title,
        String claimed,
        String proved,
        Verdict verdict,
        String why,
        Optional<Shut> shut,
        Optional<Long> proof,
        Optional<Source> source) {
    /** Open, shut, or declared as not checked. */
    public enum Verdict {
        OPEN,
        SHUT,
        NOT_CHECKED;

        /** As clients see it. */
        public String text() {
            return switch (this) {
                case OPEN -> "open";
                case SHUT -> "closed";
                case NOT_CHECKED -> "not checked";
            };
        }
    }

    /** Why a gate is shut, in the words of a refusal. */
    public record Shut(
            RuleId rule,
            Opener by,
            String remedy,
            List<NextCall> next,
            Optional<Instant> notBefore) {
        public Shut {
            next = List.copyOf(next);
        }
    }

    public GateState {
        if ((verdict == Verdict.SHUT) != shut.isPresent()) {
            throw new IllegalArgumentException(id + ": a shut gate says who opens it");
        }
    }

    /** An open gate, and what opened it. */
    static GateState open(
            GateId id,
            String title,
            String claimed,
            String proved,
            String why,
            Optional<Long> proof,
            Optional<Source> source) {
        return new GateState(
                id, title, claimed, proved, Verdict.OPEN, why, Optional.empty(), proof, source);
    }

    /** A gate that the project declares as not applying, which every card shows. */
    static GateState notChecked(GateId id, String title, String because, Optional<Source> source) {
        return new GateState(
                id,
                title,
                "-",
                "-",
                Verdict.NOT_CHECKED,
                because,
                Optional.empty(),
                Optional.empty(),
                source);
    }

    /** A shut gate; whoever cannot open it himself may end his shift as blocked. */
    static GateState shut(
            GateId id,
            String title,
            String claimed,
            String proved,
            String why,
            RuleId rule,
            Opener by,
            String remedy,
            Optional<Source> source) {
        List<NextCall> next =
                by instanceof Opener.You
                        ? List.of()
                        : List.of(Guide.handoff(Exit.BLOCKED, "Blocked: " + title + ": " + why));
        var shut = new Shut(rule, by, remedy, next, Optional.empty());
        return new GateState(
                id,
                title,
                claimed,
                proved,
                Verdict.SHUT,
                why,
                Optional.of(shut),
                Optional.empty(),
                source);
    }

    /** A gate that only time opens. */
    static GateState shutUntil(
            GateId id,
            String title,
            String why,
            RuleId rule,
            Optional<Instant> until,
            Optional<Source> source) {
        String remedy =
                until.map(when -> when.truncatedTo(ChronoUnit.SECONDS).toString())
                        .map(when -> "Wait until " + when + ": then the same call goes on.")
                        .orElse("Wait: something must run there first.");
        GateState shut = shut(id, title, "-", "-", why, rule, Opener.TIME, remedy, source);
        Shut no = shut.shut().orElseThrow();
        return new GateState(
                id,
                title,
                "-",
                "-",
                Verdict.SHUT,
                why,
                Optional.of(new Shut(no.rule(), no.by(), no.remedy(), no.next(), until)),
                Optional.empty(),
                source);
    }

    /** Whether work may go on past it. */
    public boolean passable() {
        return verdict != Verdict.SHUT;
    }

    /** The refusal of whoever tried to pass it while it is shut. */
    public Refusal refusal() {
        Shut no = shut.orElseThrow();
        return new Refusal(no.rule(), title + ": " + why, no.remedy(), no.by(), no.next(), source)
                .notBefore(no.notBefore());
    }
}
