package dev.wharfinger.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What policy decides from, each fact reduced to the few cases that it tells apart. A further fact
 * becomes a further component here, a line in {@link WalkFacts}, and what calls do to it in {@link
 * ToolModel}.
 */
record WalkState(
        Sight plan,
        Sight handoff,
        Sight skill,
        RulesAre rules,
        Places places,
        boolean versions,
        boolean unlogged,
        GatesAre gates,
        PlanIs planned,
        RunIs run,
        Seen seen,
        Notes notes,
        boolean stated) {
    private static final Set<Seen> FAILURES =
            EnumSet.of(Seen.CONFIG_ISSUE, Seen.BUILD_BROKEN, Seen.INFRA_FAILURE);

    /** How a file stands with the shift; {@code GONE} was read and is deleted. */
    enum Sight {
        ABSENT,
        UNSEEN,
        LISTED,
        FRESH,
        STALE,
        GONE;

        Reading reading() {
            return this == GONE ? Reading.STALE : Reading.valueOf(name());
        }
    }

    enum RulesAre {
        ACCEPTED,
        MISSING,
        CHANGED
    }

    /** The declared environments, and which one the shift was begun for. */
    enum Places {
        NONE,
        STAGING,
        BOTH,
        PRODUCTION_ASKED,
        /** Asked for production, and the version has passed in staging. */
        PRODUCTION_ASKED_PASSED,
        /** The same where people are there who decide; a plan is for production, and waits. */
        PRODUCTION_WAITS,
        /** They said yes to the plan. */
        PRODUCTION_APPROVED,
        /** One of them said no. */
        PRODUCTION_DENIED;

        boolean asksProduction() {
            return ordinal() >= PRODUCTION_ASKED.ordinal();
        }

        boolean passed() {
            return ordinal() >= PRODUCTION_ASKED_PASSED.ordinal();
        }

        boolean hasPeople() {
            return ordinal() >= PRODUCTION_WAITS.ordinal();
        }

        boolean decided() {
            return this == PRODUCTION_APPROVED || this == PRODUCTION_DENIED;
        }
    }

    /** All open, or one shut: by whom it is opened. {@code YOU} is a command that has not run. */
    enum GatesAre {
        OPEN,
        YOU,
        PERSONA,
        HUMAN,
        TIME
    }

    enum PlanIs {
        NONE,
        LIVE,
        EXPIRED,
        DRIFTED
    }

    /** The deployment of the shift's plan, or the one of somebody else that is in its way. */
    enum RunIs {
        NONE,
        OWN,
        OTHERS,
        INTERRUPTED,
        OTHERS_INTERRUPTED,
        DONE,
        ROLLED_BACK,
        FAILED,
        UNRESOLVED;

        boolean own() {
            return this != NONE && this != OTHERS && this != OTHERS_INTERRUPTED;
        }

        boolean finished() {
            return ordinal() >= DONE.ordinal();
        }
    }

    /** The last outcome observed in the shift. */
    enum Seen {
        NOTHING(""),
        SHIPPED_STAGING("shipped-staging"),
        SHIPPED_PRODUCTION("shipped-production"),
        CONFIG_ISSUE("config-issue"),
        BUILD_BROKEN("build-broken"),
        INFRA_FAILURE("infra-failure"),
        ROLLBACK_ACTIVE("rollback-active"),
        PASSED("passed"),
        FAILED("failed");

        private final String slug;

        Seen(String slug) {
            this.slug = slug;
        }

        String slug() {
            return slug;
        }

        boolean ofProof() {
            return this == PASSED || this == FAILED;
        }
    }

    enum Notes {
        OPEN,
        TAKEN,
        NONE
    }

    /** Whether the three files are read, so that work can begin. */
    boolean ready() {
        return plan.reading().done() && handoff.reading().done() && skill.reading().done();
    }

    /** Every state that a shift which deploys can be in, its three files in this sight. */
    static void ofDeploying(Sight files, boolean lines, Consumer<WalkState> each) {
        WalkState from = fresh().seeing(files, files, files);
        for (PlanIs planned : PlanIs.values()) {
            for (RunIs run : RunIs.values()) {
                for (Seen seen : Seen.values()) {
                    if (fits(planned, run, seen)) {
                        rest(from, planned, run, seen, lines, each);
                    }
                }
            }
        }
    }

    private static void rest(
            WalkState files,
            PlanIs planned,
            RunIs run,
            Seen seen,
            boolean lines,
            Consumer<WalkState> each) {
        for (RulesAre rules : RulesAre.values()) {
            for (Places places : Places.values()) {
                if (planned == PlanIs.NONE && places.decided()) {
                    continue; // there is nothing yet that they could have decided
                }
                for (int bits = 0; bits < (lines ? 8 : 4); bits++) {
                    for (GatesAre gates : GatesAre.values()) {
                        for (Notes notes : Notes.values()) {
                            each.accept(
                                    new WalkState(
                                            files.plan,
                                            files.handoff,
                                            files.skill,
                                            rules,
                                            places,
                                            (bits & 1) != 0,
                                            (bits & 2) != 0,
                                            gates,
                                            planned,
                                            run,
                                            seen,
                                            notes,
                                            (bits & 4) != 0));
                        }
                    }
                }
            }
        }
    }

    /** Every state of a shift that proves: nothing is planned, nothing runs. */
    static void ofProving(Sight files, Consumer<WalkState> each) {
        WalkState from = fresh().seeing(files, files, files);
        for (Seen seen : List.of(Seen.NOTHING, Seen.PASSED, Seen.FAILED)) {
            rest(from, PlanIs.NONE, RunIs.NONE, seen, true, each);
        }
    }

    /** Every other way in which the three files can stand. */
    static List<WalkState> filesOtherThanAllRead() {
        List<Sight> all = List.of(Sight.values());
        return all.stream()
                .flatMap(plan ->
                        all.stream()
                                .flatMap(handoff ->
                                        all.stream()
                                                .map(skill ->
                                                        fresh().seeing(plan, handoff, skill))))
                .filter(state ->
                        Stream.of(state.plan, state.handoff, state.skill).distinct().count() > 1
                                || !state.ready())
                .toList();
    }

    /** What cannot be together is left out: an own deployment has a plan, an end its outcome. */
    private static boolean fits(PlanIs planned, RunIs run, Seen seen) {
        if (seen.ofProof()) {
            return false;
        }
        if (run.own() && planned != PlanIs.LIVE && planned != PlanIs.EXPIRED) {
            return false;
        }
        return switch (run) {
            case DONE -> seen == Seen.SHIPPED_STAGING || seen == Seen.SHIPPED_PRODUCTION;
            case ROLLED_BACK -> seen == Seen.ROLLBACK_ACTIVE || FAILURES.contains(seen);
            case FAILED -> FAILURES.contains(seen);
            case UNRESOLVED -> seen == Seen.INFRA_FAILURE;
            default -> true;
        };
    }

    /** A shift that has read everything and done nothing, where nothing is in its way. */
    static WalkState fresh() {
        return new WalkState(
                Sight.FRESH,
                Sight.FRESH,
                Sight.FRESH,
                RulesAre.ACCEPTED,
                Places.STAGING,
                true,
                false,
                GatesAre.OPEN,
                PlanIs.NONE,
                RunIs.NONE,
                Seen.NOTHING,
                Notes.OPEN,
                false);
    }

    WalkState seeing(Sight plan, Sight handoff, Sight skill) {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run, seen,
                notes, stated);
    }

    WalkState with(PlanIs planned, RunIs run) {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run, seen,
                notes, stated);
    }

    WalkState with(Seen outcome) {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run,
                outcome, notes, stated);
    }

    WalkState with(Places places) {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run, seen,
                notes, stated);
    }

    WalkState with(GatesAre gates) {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run, seen,
                notes, stated);
    }

    WalkState noted() {
        return new WalkState(
                plan,
                handoff,
                skill,
                rules,
                places,
                versions,
                unlogged,
                gates,
                planned,
                run,
                seen,
                notes == Notes.OPEN ? Notes.NONE : notes,
                stated);
    }

    WalkState said() {
        return new WalkState(
                plan, handoff, skill, rules, places, versions, unlogged, gates, planned, run, seen,
                notes, true);
    }
}
