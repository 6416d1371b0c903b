package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.journal.Digest;
import dev.wharfinger.journal.InclusionProof;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every promise of the design is an invariant over every state of the world in which it is decided;
 * a hole that is planted in it is found. Promises 1 and 18 are walked at the door, in {@code
 * DoorPromisesTest}.
 */
@Execution(ExecutionMode.CONCURRENT)
class PromiseWalkTest {
    @Test
    void everyPromiseHoldsInEveryState() throws Exception {
        BrokenPromises broken = new PromiseWalk(new House()).walk();
        System.out.printf(
                "PromiseWalkTest: %,d states, %,d times allowed%n",
                broken.states(), broken.granted());
        assertThat(broken.found()).isEmpty();
        assertThat(broken.granted()).isPositive();
        assertThat(broken.states()).isGreaterThan(400_000);
    }

    static Stream<Integer> planted() {
        return HOLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aHoleIsFoundByItsNumber(int promise) throws Exception {
        BrokenPromises broken =
                new PromiseWalk(Objects.requireNonNull(HOLES.get(promise))).walk(promise);
        assertThat(broken.found()).containsKey(promise);
        broken.found()
                .forEach((number, where) -> System.out.println(number + ": " + where.getFirst()));
    }

    private static final Map<Integer, House> HOLES = new TreeMap<>();

    static {
        HOLES.put(
                2,
                new House() {
                    @Override
                    Verdict<WorkspacePath> maySee(
                            Persona persona, Sightings seen, WorkspacePath path) {
                        return path.name().equals("Shop.java")
                                ? Verdict.granted(path)
                                : super.maySee(persona, seen, path);
                    }
                });
        HOLES.put(
                3,
                new House() {
                    @Override
                    Verdict<WriteGrant> mayWrite(
                            Persona persona, Sightings seen, Writing.Attempt attempt) {
                        boolean alike = attempt.path().toString().startsWith("Docker/");
                        return alike && attempt.existing().isEmpty()
                                ? Verdict.granted(
                                        new WriteGrant(
                                                attempt.path(),
                                                attempt.content(),
                                                attempt.existing()))
                                : super.mayWrite(persona, seen, attempt);
                    }
                });
        HOLES.put(
                4,
                new House() {
                    @Override
                    GateState judge(ProvedGate gate, Persona persona) {
                        boolean word =
                                gate.claim().word().filter(StatusWord.DONE::equals).isPresent();
                        return word && gate.proof().isEmpty()
                                ? GateState.notChecked(
                                        GateId.TEST, "t", "PLAN.md says so", Optional.empty())
                                : super.judge(gate, persona);
                    }
                });
        HOLES.put(
                5,
                new House() {
                    @Override
                    Verdict<DeployGrant> mayDeploy(
                            Facts facts, DeployPlan plan, Deploying.Now now) {
                        return super.mayDeploy(
                                facts,
                                plan,
                                new Deploying.Now(
                                        now.time(),
                                        now.policy(),
                                        plan.rollback(),
                                        now.gates(),
                                        now.sameSources(),
                                        now.artifactWhole(),
                                        now.decided()));
                    }
                });
        HOLES.put(
                6,
                new House() {
                    @Override
                    Standing standing(Subject subject, Deciding.Terms terms) {
                        return super.standing(
                                subject,
                                new Deciding.Terms(
                                        terms.settings(),
                                        terms.approvers(),
                                        Optional.empty(), // whoever asks may say yes as well
                                        terms.book(),
                                        terms.witnessed(),
                                        terms.now()));
                    }
                });
        HOLES.put(
                7,
                new House() {
                    @Override
                    GateState smoke(ProductionGates.Before before, Optional<String> artifact) {
                        boolean any = before.smoke().filter(Event.SmokeRan::passed).isPresent();
                        return any
                                ? GateState.notChecked(
                                        GateId.SMOKE, "t", "something passed", Optional.empty())
                                : super.smoke(before, artifact);
                    }
                });
        HOLES.put(
                8,
                new House() {
                    @Override
                    boolean begun(ProjectState state, DeployPlan plan) {
                        return false;
                    }
                });
        HOLES.put(
                9,
                new House() {
                    @Override
                    Verdict<Exit.Ending> mayEnd(Facts facts, String outcome) {
                        return outcome.equals("shipped-production")
                                ? Verdict.granted(
                                        new Exit.Ending(
                                                outcome,
                                                "/retro",
                                                Optional.empty(),
                                                StatusWord.DONE))
                                : super.mayEnd(facts, outcome);
                    }
                });
        HOLES.put(
                10,
                new House() {
                    @Override
                    Verdict<DeployGrant> mayReturn(
                            Returning.Undo undo, boolean human, Optional<DecidedGrant> decided) {
                        return undo.to().isEmpty() && !human // the first deployment stays
                                ? Verdict.refused(new Returning().nothing("x", Optional.empty()))
                                : super.mayReturn(undo, human, decided);
                    }
                });
        HOLES.put(
                11,
                new House() {
                    @Override
                    Verdict<Exit.Ending> mayEnd(Facts facts, String outcome) {
                        return outcome.equals(Exit.BLOCKED) && facts.versions().isEmpty()
                                ? Verdict.refused(new Returning().nothing("x", Optional.empty()))
                                : super.mayEnd(facts, outcome);
                    }
                });
        HOLES.put(
                12,
                new House() {
                    @Override
                    Verdict<DeployGrant> mayDeploy(
                            Facts facts, DeployPlan plan, Deploying.Now now) {
                        Verdict<DeployGrant> may = super.mayDeploy(facts, plan, now);
                        return may instanceof Verdict.Refused<DeployGrant>(var no)
                                        && Deploying.isWaiting(no)
                                ? Verdict.refused(again(no.getFirst(), plan))
                                : may;
                    }

                    private Refusal again(Refusal no, DeployPlan plan) {
                        return no.then(List.of(NextCall.of("deploy", "plan", plan.id().value())));
                    }
                });
        HOLES.put(
                13,
                new House() {
                    @Override
                    Verdict<Signed> verify(String text, String signature, Approvers approvers) {
                        if (!signature.contains("END SSH SIGNATURE")) {
                            throw new IllegalStateException("cut short");
                        }
                        return super.verify(text, signature, approvers);
                    }
                });
        HOLES.put(
                14,
                new House() {
                    @Override
                    boolean proves(InclusionProof proof, Digest leaf, Digest root) {
                        return proof.path().size() > 3 || super.proves(proof, leaf, root);
                    }
                });
        HOLES.put(
                15,
                new House() {
                    @Override
                    List<Covered> coverage(String file, byte[] bytes) throws PersonaUnreadable {
                        List<Covered> all = super.coverage(file, bytes);
                        return all.subList(0, all.size() - 12);
                    }
                });
        HOLES.put(
                16,
                new House() {
                    @Override
                    GateState judge(ProvedGate gate, Persona persona) {
                        return gate.judge(persona, Cases.OTHER); // whose own shift is another
                    }
                });
        HOLES.put(
                17,
                new House() {
                    @Override
                    Verdict<Trusting.TrustGrant> mayAccept(
                            String digest,
                            boolean before,
                            Optional<Approvers> approvers,
                            Optional<DecidedGrant> yes) {
                        return yes.isPresent()
                                ? Verdict.granted(new Trusting.TrustGrant(digest, yes))
                                : super.mayAccept(digest, before, approvers, yes);
                    }
                });
    }
}
