package dev.wharfinger.policy;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ReleaseRecord;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks every state of the small worlds in which the promises of the design are decided, and notes
 * each that does not hold. What lets a plan into production is walked by {@link DeployWalk}, files
 * and logs by {@link FileWalk}.
 */
final class PromiseWalk {
    private static final DeployPlan PLAN = DeployWalk.PLAN;
    private static final ReleaseRecord RUNS =
            new ReleaseRecord(PLAN.artifact(), PLAN.version(), PLAN.commit(), "d_1");
    private static final ReleaseRecord OTHER =
            new ReleaseRecord("6".repeat(64), "0.9.0", PLAN.commit(), "d_0");

    private final House house;
    private final BrokenPromises broken = new BrokenPromises();
    private final WalkFacts facts = new WalkFacts(Cases.DEPLOY);

    PromiseWalk(House house) {
        this.house = house;
    }

    /** Walks all. */
    BrokenPromises walk() throws Exception {
        return walk(_ -> true);
    }

    /** Walks where this promise is decided. */
    BrokenPromises walk(int promise) throws Exception {
        return walk(part -> part.contains(promise));
    }

    private BrokenPromises walk(Predicate<Set<Integer>> wanted) throws Exception {
        Map<Set<Integer>, Part> parts =
                Map.of(
                        Set.of(2, 5, 6, 12, 17), () -> new DeployWalk(house, broken).walk(),
                        Set.of(2, 3, 14, 15), () -> new FileWalk(house, broken).walk(),
                        Set.of(4, 16), () -> new ProofWalk(house, broken).walk(),
                        Set.of(8), () -> new OnceWalk(house, broken).walk(),
                        Set.of(7), this::stagingFirst,
                        Set.of(9), this::foreign,
                        Set.of(10), this::returns,
                        Set.of(9, 11), this::endings,
                        Set.of(13), this::garbage,
                        Set.of(17), this::trust);
        for (Map.Entry<Set<Integer>, Part> part : parts.entrySet()) {
            if (wanted.test(part.getKey())) {
                part.getValue().walk();
            }
        }
        return broken;
    }

    /** A part of the walk. */
    private interface Part {
        void walk() throws Exception;
    }

    /**
     * 7: production takes what runs in staging and passed its smoke tests there, no other bytes.
     */
    private void stagingFirst() {
        List<Optional<ReleaseRecord>> runs =
                List.of(Optional.empty(), Optional.of(RUNS), Optional.of(OTHER));
        for (Optional<ReleaseRecord> release : runs) {
            for (String tested : List.of("", PLAN.artifact(), OTHER.artifact())) {
                for (boolean passed : List.of(false, true)) {
                    for (String asked : List.of("", PLAN.artifact(), OTHER.artifact())) {
                        staged(release, tested, passed, asked);
                    }
                }
            }
        }
        for (boolean ran : List.of(false, true)) {
            var request =
                    new Planning.Request(
                            "production",
                            "1.0.0",
                            Optional.of("staging"),
                            ran,
                            List.of(),
                            Optional.empty());
            Facts known = facts.of(Cases.in(WalkState.Places.BOTH, true));
            boolean may =
                    broken.allowed(
                            house.mayAsk(known, request),
                            NextCall.of("plan_deploy", "environment", "production")
                                    .with("version", "1.0.0"),
                            request::toString);
            broken.holds(7, !may || ran, request::toString);
        }
    }

    private void staged(
            Optional<ReleaseRecord> release, String tested, boolean passed, String asked) {
        broken.state();
        Optional<String> of = Optional.of(tested).filter(text -> !text.isEmpty());
        var smoke = new Event.SmokeRan("staging", of, passed, List.of());
        var before =
                new ProductionGates.Before(
                        "staging", release, Optional.of(Votes.NOW), Optional.of(smoke));
        Optional<String> artifact = Optional.of(asked).filter(text -> !text.isEmpty());
        boolean open = house.smoke(before, artifact).passable();
        boolean ran = release.map(ReleaseRecord::artifact).equals(artifact);
        broken.holds(
                7,
                !open || (!asked.isEmpty() && ran && passed && tested.equals(asked)),
                () -> before + " for " + asked);
    }

    /** 9: what nobody explains shuts production. */
    private void foreign() {
        for (String what : List.of("`current` is /etc", "process 7 listens", "x")) {
            broken.state();
            broken.holds(9, !house.unexplained(what).passable(), () -> what);
        }
    }

    /** 10: a person goes back always, an agent once; further back takes a decision. */
    private void returns() {
        var yes = new DecidedGrant(Subject.of("shop", PLAN), List.of("anna"), List.of("n"), false);
        for (Optional<ReleaseRecord> to :
                List.of(Optional.of(OTHER), Optional.<ReleaseRecord>empty())) {
            for (boolean free : List.of(false, true)) {
                for (boolean human : List.of(false, true)) {
                    for (Optional<DecidedGrant> decided :
                            List.of(Optional.of(yes), Optional.<DecidedGrant>empty())) {
                        broken.state();
                        var undo =
                                new Returning.Undo(
                                        "production", PLAN.digest(), "d_1", RUNS, to, free);
                        Verdict<DeployGrant> may = house.mayReturn(undo, human, decided);
                        boolean goes =
                                broken.allowed(
                                        may,
                                        NextCall.of("rollback", "environment", "production"),
                                        undo::toString);
                        boolean must = free || human || decided.isPresent();
                        broken.holds(10, goes == must, () -> undo + " by a person: " + human);
                    }
                }
            }
        }
    }

    /** 9 and 11: a shift ends as what was observed, or as blocked where nothing was deployed. */
    private void endings() {
        WalkState.ofDeploying(WalkState.Sight.FRESH, false, this::ended);
    }

    private void ended(WalkState state) {
        broken.state();
        Facts known = facts.withGates(state);
        for (WalkState.Seen outcome : WalkState.Seen.values()) {
            boolean observed = known.shift().observed().containsKey(outcome.slug());
            boolean may = mayEnd(known, outcome.slug(), state);
            int promise = outcome.slug().startsWith("shipped-") ? 9 : 11;
            broken.holds(promise, !may || observed, () -> outcome + " in " + state);
        }
        boolean nothing =
                !known.shift().deployed() && known.deployment().filter(d -> d.running()).isEmpty();
        boolean blocked = mayEnd(known, Exit.BLOCKED, state);
        broken.holds(11, blocked == nothing, () -> "blocked: " + blocked + " in " + state);
    }

    private boolean mayEnd(Facts known, String outcome, WalkState state) {
        return broken.allowed(
                house.mayEnd(known, outcome),
                Guide.handoff(outcome, "Ended as " + outcome + "."),
                state::toString);
    }

    /** 13: what cannot be read is a no, and never an accident. */
    private void garbage() {
        var votes = new Votes(PLAN);
        PeopleEvent.DecisionMade made = votes.annas();
        for (int i = 0; i < made.text().length(); i++) {
            unread(votes.approvers(), made, cut(made.text(), i), made.signature());
            unread(votes.approvers(), made, flipped(made.text(), i), made.signature());
        }
        for (int i = 0; i < made.signature().length(); i++) {
            unread(votes.approvers(), made, made.text(), cut(made.signature(), i));
            unread(votes.approvers(), made, made.text(), flipped(made.signature(), i));
        }
        unread(Approvers.NONE, made, made.text(), made.signature() + "x");
    }

    private static String cut(String text, int at) {
        return text.substring(0, at);
    }

    private static String flipped(String text, int at) {
        char other = text.charAt(at) == 'x' ? 'y' : 'x';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    /**
     * Bits of the armour that say nothing may differ: then it is the same text, by the same key.
     */
    private void unread(
            Approvers approvers, PeopleEvent.DecisionMade made, String text, String signature) {
        broken.state();
        boolean safe;
        try {
            Verdict<Signed> verdict = house.verify(text, signature, approvers);
            String signed = verdict.fold(one -> one.text().text(), _ -> "");
            safe = signed.isEmpty() || (text.equals(made.text()) && signed.equals(text));
        } catch (RuntimeException accident) {
            safe = false;
        }
        boolean held = safe;
        broken.holds(13, held, () -> "taken: " + text + signature);
    }

    /** 17: rules act once those who decided before have accepted exactly them. */
    private void trust() {
        Approvers some = new Votes(PLAN).approvers();
        List<Optional<Approvers>> all =
                List.of(Optional.empty(), Optional.of(Approvers.NONE), Optional.of(some));
        for (boolean before : List.of(false, true)) {
            for (Optional<Approvers> approvers : all) {
                for (String yes : List.of("", "new", "older")) {
                    broken.state();
                    Optional<DecidedGrant> decided =
                            Optional.of(yes)
                                    .filter(text -> !text.isEmpty())
                                    .map(PromiseWalk::about);
                    boolean may =
                            broken.allowed(
                                    house.mayAccept("new", before, approvers, decided),
                                    NextCall.of("trust"),
                                    () -> before + " " + approvers + " " + yes);
                    boolean nobody = before && approvers.filter(a -> a.all().isEmpty()).isPresent();
                    boolean fits =
                            yes.equals("new") && !(before && approvers.isEmpty())
                                    || yes.isEmpty() && (!before || nobody);
                    broken.holds(17, !may || fits, () -> before + " " + approvers + " " + yes);
                }
            }
        }
    }

    private static DecidedGrant about(String digest) {
        var subject =
                new Subject(
                        "r", dev.wharfinger.approval.Kind.POLICY, "shop", "-", "-", digest, "-");
        return new DecidedGrant(subject, List.of("anna"), List.of("n"), false);
    }
}
