package dev.wharfinger.policy;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;

import java.util.Optional;

/**
 * A gate that another persona claims in PLAN.md and proves with a report, and everything that
 * decides about it. It opens only where claim and proof agree, the proof is of these very sources,
 * strong enough, and no work of the shift that asks.
 *
 * @param declared whether {@code wharf.yaml} says how it is proved
 * @param proof the last proof of the sources that would be shipped
 * @param other the last proof of whatever sources, to say what is proved instead
 */
public record ProvedGate(
        GateId id,
        boolean applies,
        String because,
        boolean declared,
        Strength least,
        Claim claim,
        Optional<Stamped> proof,
        Optional<Stamped> other) {
    /** What somebody wrote into PLAN.md about a persona's work. A claim, never a proof. */
    public record Claim(String text, Optional<StatusWord> word, Optional<Source> source) {
        /** Nothing is claimed. */
        public static final Claim NONE = new Claim("-", Optional.empty(), Optional.empty());

        boolean done() {
            return word.filter(StatusWord.DONE::equals).isPresent();
        }
    }

    /** How it stands for a shift of this persona. */
    public GateState judge(Persona persona, ShiftId own) {
        Optional<Source> demanded = persona.sourceOfGate(id.value());
        if (!applies) {
            return GateState.notChecked(id, title(), because, demanded);
        }
        if (proof.isEmpty()) {
            return unproved(demanded);
        }
        Event.ProofRecorded made = made();
        if (!made.passed()) {
            RuleId rule =
                    id.equals(GateId.SECURITY)
                            ? RuleId.PROHIBITION_SECURITY_HOLES
                            : RuleId.PROHIBITION_UNTESTED_CODE;
            Optional<Source> forbidden = persona.prohibition(rule).map(line -> line.source());
            return shut(
                    rule,
                    "the proof says no: " + made.summary(),
                    "what it found must be mended first.",
                    forbidden.or(() -> demanded));
        }
        if (proof.flatMap(Stamped::shift).filter(own::equals).isPresent()) {
            return shut(
                    RuleId.PROOF_OWN_SHIFT,
                    "the proof was made by this very shift",
                    "another shift must prove it.",
                    line(demanded));
        }
        if (!made.strength().reaches(least) || (made.good() == 0 && id.equals(GateId.TEST))) {
            String why =
                    "the proof is only "
                            + made.strength().text()
                            + "; "
                            + least.text()
                            + " is needed";
            return shut(
                    RuleId.GATE_CLOSED,
                    why,
                    "the server must run the declared command itself (record_proof without files).",
                    line(demanded));
        }
        if (!claim.done()) {
            String why = "it is proved, but PLAN.md says `" + claim.text() + "` for " + command();
            return shut(RuleId.GATE_CLOSED, why, "its row must be DONE as well.", line(demanded));
        }
        return GateState.open(
                id,
                title(),
                claim.text(),
                made.summary(),
                "claimed and proved",
                proof.map(Stamped::index),
                demanded);
    }

    /** The same where a report that was handed in is enough. */
    public ProvedGate presented() {
        return new ProvedGate(
                id, applies, because, declared, Strength.PRESENTED, claim, proof, other);
    }

    private GateState unproved(Optional<Source> demanded) {
        RuleId untested =
                id.equals(GateId.TEST) ? RuleId.PROHIBITION_UNTESTED_CODE : RuleId.GATE_CLOSED;
        RuleId rule = claim.done() ? RuleId.HALLUCINATION_UNPROVED : untested;
        return shut(
                rule,
                unprovedReason(),
                "it must prove this commit with record_proof.",
                line(demanded));
    }

    private String unprovedReason() {
        String claimed = claim.done() ? "PLAN.md says DONE, but " : "";
        if (!declared) {
            return claimed + "nothing proves it: wharf.yaml declares no command for it";
        }
        return claimed
                + other.map(Stamped::event)
                        .map(event -> ((Event.ProofRecorded) event).commit().sha().substring(0, 7))
                        .map(commit -> "the last proof is of other sources (commit " + commit + ")")
                        .orElse("nothing proves it for this commit");
    }

    private GateState shut(RuleId rule, String why, String what, Optional<Source> where) {
        String proved = proof.isPresent() ? made().summary() : "-";
        String remedy = "Hand over to " + command() + ": " + what;
        return GateState.shut(
                id,
                title(),
                claim.text(),
                proved,
                why,
                rule,
                new Opener.Persona(command()),
                remedy,
                where);
    }

    private Optional<Source> line(Optional<Source> demanded) {
        return claim.source().or(() -> demanded);
    }

    private Event.ProofRecorded made() {
        return (Event.ProofRecorded) proof.orElseThrow().event();
    }

    private String command() {
        return "/" + id.value();
    }

    private String title() {
        return switch (id.value()) {
            case "test" -> "All tests pass";
            case "security" -> "No blocking finding";
            case "ux" -> "Looked at by /ux";
            default -> id.value();
        };
    }
}
