package dev.wharfinger.policy;

import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which claims and proofs open a gate: every strength, result and prover. */
final class ProofWalk {
    private final House house;
    private final BrokenPromises broken;

    ProofWalk(House house, BrokenPromises broken) {
        this.house = house;
        this.broken = broken;
    }

    /** 4 and 16: what is claimed and what is proved, how strongly, by whom. */
    void walk() {
        for (GateId id : List.of(GateId.TEST, GateId.SECURITY)) {
            for (Strength least : Strength.values()) {
                for (Optional<StatusWord> word : words()) {
                    var claim = new ProvedGate.Claim("row", word, Optional.empty());
                    for (Optional<Stamped> proof : allProofs(id)) {
                        judged(id, least, claim, proof);
                    }
                }
            }
        }
    }

    private static List<Optional<StatusWord>> words() {
        return Stream.concat(
                        Stream.of(Optional.<StatusWord>empty()),
                        Stream.of(StatusWord.values()).map(Optional::of))
                .toList();
    }

    private static List<Optional<Stamped>> allProofs(GateId id) {
        var all = new ArrayList<Optional<Stamped>>();
        all.add(Optional.empty());
        for (ShiftId by : List.of(Cases.OWN, Cases.OTHER)) {
            for (Strength strength : Strength.values()) {
                for (boolean passed : List.of(false, true)) {
                    for (int good : List.of(0, 12)) {
                        all.add(Optional.of(Cases.proof(id, by, strength, passed, good)));
                    }
                }
            }
        }
        return all;
    }

    private void judged(
            GateId id, Strength least, ProvedGate.Claim claim, Optional<Stamped> proof) {
        broken.state();
        var gate = new ProvedGate(id, true, "", true, least, claim, proof, Optional.empty());
        boolean open = house.judge(gate, Cases.DEPLOY).passable();
        Optional<Event.ProofRecorded> made =
                proof.map(Stamped::event).map(Event.ProofRecorded.class::cast);
        boolean proved =
                made.filter(Event.ProofRecorded::passed)
                        .filter(one -> one.strength().ordinal() >= least.ordinal())
                        .filter(one -> one.good() > 0 || !id.equals(GateId.TEST))
                        .isPresent();
        boolean claimed = claim.word().filter(StatusWord.DONE::equals).isPresent();
        boolean own = proof.flatMap(Stamped::shift).filter(Cases.OWN::equals).isPresent();
        broken.holds(4, !open || (proved && claimed), gate::toString);
        broken.holds(16, !open || !own, gate::toString);
        broken.holds(0, open || !proved || !claimed || own, () -> "shut, and all is good: " + gate);
    }
}
