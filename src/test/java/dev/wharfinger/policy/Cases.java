package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;

import java.util.List;
import java.util.Optional;

/** Facts for tests of single decisions, and what they ask of a no. */
final class Cases {
    static final Persona DEPLOY = persona("deploy");
    static final Persona TEST = persona("test");
    static final Principal ANNA = Principal.local("anna");
    static final ShiftId OWN = new ShiftId("s_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    static final ShiftId OTHER = new ShiftId("s_bbbbbbbbbbbbbbbbbbbbbbbbbb");
    static final WalkState FRESH = WalkState.fresh();

    private Cases() {}

    static Persona persona(String name) {
        return Personas.builtIn().named(new PersonaName(name)).orElseThrow();
    }

    static Persona own(String text) throws PersonaUnreadable {
        return dev.wharfinger.persona.PersonaReader.parse(
                "prompts/deploy.md", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static Facts facts(WalkState state) {
        return new WalkFacts(DEPLOY).of(state);
    }

    static Facts facts(Persona persona, WalkState state) {
        return new WalkFacts(persona).of(state);
    }

    /** A state under other rules. */
    static WalkState under(WalkState.RulesAre rules) {
        return new WalkState(
                FRESH.plan(),
                FRESH.handoff(),
                FRESH.skill(),
                rules,
                FRESH.places(),
                FRESH.versions(),
                FRESH.unlogged(),
                FRESH.gates(),
                FRESH.planned(),
                FRESH.run(),
                FRESH.seen(),
                FRESH.notes(),
                FRESH.stated());
    }

    /** A state with other environments, with or without a version. */
    static WalkState in(WalkState.Places places, boolean versions) {
        return new WalkState(
                FRESH.plan(),
                FRESH.handoff(),
                FRESH.skill(),
                FRESH.rules(),
                places,
                versions,
                FRESH.unlogged(),
                FRESH.gates(),
                FRESH.planned(),
                FRESH.run(),
                FRESH.seen(),
                FRESH.notes(),
                FRESH.stated());
    }

    static List<Refusal> refused(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused<?>) verdict).refusals();
    }

    /** The only refusal, after its rule and who can lift it were looked at. */
    static Refusal refused(Verdict<?> verdict, RuleId rule, Opener by) {
        List<Refusal> all = refused(verdict);
        assertThat(all).hasSize(1);
        return no(all.getFirst(), rule, by);
    }

    static Refusal no(Refusal refusal, RuleId rule, Opener by) {
        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.by()).isEqualTo(by);
        return refusal;
    }

    static void granted(Verdict<?> verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Granted.class);
    }

    /** The first next call as a reader sees it: tool and arguments. */
    static String next(Refusal refusal) {
        return refusal.next().isEmpty()
                ? "nothing"
                : refusal.next().getFirst().tool()
                        + refusal.next().getFirst().arguments().toString();
    }

    /** A proof in the journal. */
    static Stamped proof(GateId gate, ShiftId by, Strength strength, boolean passed, int good) {
        return new Stamped(
                7,
                WalkFacts.NOW,
                ANNA,
                Optional.of(new PersonaName("test")),
                Optional.of(by),
                new Event.ProofRecorded(
                        gate,
                        new SourceDigest("1".repeat(64)),
                        new CommitId("c".repeat(40)),
                        strength,
                        passed,
                        good,
                        passed ? 0 : 2,
                        "12 tests",
                        List.of()));
    }
}
