package dev.wharfinger.policy;

import dev.wharfinger.persona.HandoffRow;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.util.List;
import java.util.Optional;

/** Who may prove which gate, and what a proof means for the shift that made it. */
public final class Proving {
    private static final List<String> GOOD =
            List.of("pass", "clear", "clean", "proved", "secure", "ok");
    private static final List<String> BAD =
            List.of("fail", "broken", "found", "vulnerable", "reject");

    /** Whether this persona proves that gate: its own, and no other. */
    public Verdict<GateId> mayProve(Facts facts, GateId gate) {
        Optional<GateId> own = Guide.provedGate(facts);
        if (own.filter(gate::equals).isPresent()) {
            return facts.rules()
                    .refusal()
                    .<Verdict<GateId>>map(Verdict::refused)
                    .orElse(Verdict.granted(gate));
        }
        return Verdict.refused(
                Refusal.byYou(
                        RuleId.PROOF_UNUSABLE,
                        facts.persona().name().command()
                                + " does not prove `"
                                + gate.value()
                                + "`.",
                        own.map(mine ->
                                        "Prove `"
                                                + mine.value()
                                                + "`; the other gate is another persona's.")
                                .orElse("Hand over to the persona that proves it."),
                        new Guide(new Exit(new Entry())).next(facts).getFirst()));
    }

    /** The refusal where the project declares no way to prove a gate. */
    public Refusal undeclared(GateId gate) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.CONFIG_MISSING,
                "`wharf.yaml` declares no command for the gate `" + gate.value() + "`.",
                "Tell the user to declare `gates." + gate.value() + ".command` and its `reports`.",
                Guide.handoff(
                        Exit.BLOCKED, "No command is declared for the gate " + gate.value() + "."));
    }

    /**
     * The outcome that this proof makes observed, by the persona's own matrix; {@code passed} or
     * {@code failed} without a fitting row, so that the shift can end all the same.
     */
    public String outcome(Persona persona, boolean passed) {
        List<String> words = passed ? GOOD : BAD;
        return persona.handoffs().stream()
                .map(HandoffRow::slug)
                .filter(slug -> words.stream().anyMatch(slug::contains))
                .filter(slug -> passed == !isFailure(slug))
                .findFirst()
                .orElse(passed ? "passed" : "failed");
    }

    /** Whether the name of an outcome says that something went wrong. */
    static boolean isFailure(String slug) {
        return BAD.stream().anyMatch(slug::contains);
    }
}
