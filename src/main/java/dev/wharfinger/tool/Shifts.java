package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Unreadable;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code wharf shift end ID} does: a person ends a shift that its agent left open. */
public final class Shifts {
    private final Project project;
    private final LedgerDesk ledger;
    private final Guidance guidance;

    Shifts(Project project, LedgerDesk ledger, Guidance guidance) {
        this.project = project;
        this.ledger = ledger;
        this.guidance = guidance;
    }

    /**
     * Ends the shift with what was observed, else as blocked.
     *
     * @return one line that says how; empty where it cannot be ended now, which {@code why}
     *     explains
     */
    public Optional<String> end(
            String id,
            Function<String, Optional<Persona>> personas,
            java.util.function.Consumer<String> why) {
        Optional<ShiftState> open =
                id.matches("s_[a-z0-9]{26}")
                        ? project.state().shift(new ShiftId(id)).filter(ShiftState::open)
                        : Optional.empty();
        if (open.isEmpty()) {
            why.accept("`" + id + "` is no open shift");
            return Optional.empty();
        }
        Optional<Persona> persona = personas.apply(open.get().persona().value());
        if (persona.isEmpty()) {
            why.accept("the persona `" + open.get().persona() + "` is unknown here");
            return Optional.empty();
        }
        try {
            return project.alone(() -> end(open.get(), persona.get(), why));
        } catch (Unreadable e) {
            why.accept(e.refusals().getFirst().reason());
            return Optional.empty();
        }
    }

    private Optional<String> end(
            ShiftState shift, Persona persona, java.util.function.Consumer<String> why) {
        Facts facts = guidance.facts(persona, shift);
        if (facts.deployment().filter(d -> d.running()).isPresent()) {
            why.accept("a deployment of this shift is running");
            return Optional.empty();
        }
        String outcome = guidance.exit().likeliest(facts);
        var caller = new Caller(shift.principal(), persona, false, "wharf shift end");
        var pen = new Pen(project, caller, shift.id());
        String how = "ended by a person as " + outcome;
        ledger.session(pen.once("end", how), SessionEvent.END, how, Optional.empty());
        ledger.moveRow(pen, outcome.equals(Exit.BLOCKED) ? StatusWord.IDLE : StatusWord.FAILED);
        pen.recordDurably(new Event.ShiftEnded(outcome, "human", List.of()));
        return Optional.of("ended " + shift.id() + " as " + outcome);
    }
}
