package dev.wharfinger.call;

import dev.wharfinger.journal.JournalStopped;
import dev.wharfinger.policy.Admission;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Ids;
import dev.wharfinger.shift.ShiftId;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one door. Every call of every transport and command passes {@link #call}: found in the
 * caller's catalogue, checked against its schema, admitted by policy, run, recorded.
 */
public final class Gatekeeper {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
    private final Catalogue catalogue;
    private final Schemas schemas;
    private final Admission admission;
    private final CallBudget budget;
    private final Recorder recorder;
    private final Refusals refusals;
    private final Lock project;
    private final Ids ids;
    private final Tally tally = new Tally();

    /**
     * A door before this catalogue. {@code project} is the lock of whoever decides and then
     * changes.
     */
    public Gatekeeper(
            Catalogue catalogue,
            Schemas schemas,
            Admission admission,
            CallBudget budget,
            Recorder recorder,
            Refusals refusals,
            Lock project,
            Ids ids) {
        this.catalogue = catalogue;
        this.schemas = schemas;
        this.admission = admission;
        this.budget = budget;
        this.recorder = recorder;
        this.refusals = refusals;
        this.project = project;
        this.ids = ids;
    }

    /**
     * Answers one call. Never throws: a bug becomes an incident, a stopped journal a refusal. The
     * answer says how far the journal must be durable before it may leave.
     */
    public Answer call(Caller caller, ToolCall call) {
        long began = System.nanoTime();
        Answer answer = answered(caller, call);
        boolean known = catalogue.knows(call.tool()); // a made-up name is no series of its own
        tally.called(
                known ? call.tool() : "unknown",
                answer.isError() ? "no" : "yes",
                System.nanoTime() - began);
        return answer;
    }

    private Answer answered(Caller caller, ToolCall call) {
        try {
            Optional<Duration> wait = budget.take(caller);
            if (wait.isPresent()) {
                // Without its arguments: whoever varies them is counted as one, and fills no log.
                var bare = new ToolCall(call.tool(), NOTHING.deepCopy(), call.signals());
                Refusal no = admission.tooMany(caller.persona(), budget.aSecond(), wait.get());
                return refused(caller, Optional.empty(), bare, List.of(no));
            }
            Optional<Tool> found = catalogue.find(caller, call.tool());
            if (found.isEmpty()) {
                Refusal no =
                        catalogue.withheld(caller, call.tool())
                                ? admission.readOnly(call.tool())
                                : admission.notYours(
                                        caller.persona(),
                                        call.tool(),
                                        catalogue.owners(call.tool()));
                return refused(caller, Optional.empty(), call, List.of(no));
            }
            Tool tool = found.get();
            List<String> problems = schemas.problems(call.tool(), call.arguments());
            if (!problems.isEmpty()) {
                Refusal no =
                        admission.badArguments(call.tool(), problems, schemas.takes(call.tool()));
                return refused(caller, Optional.empty(), call, List.of(no));
            }
            if (tool.traits().pace() == Tool.Pace.WAITS
                    || tool.traits().nature() == Tool.Nature.READS) {
                return admitted(caller, call, tool);
            }
            project.lock();
            try {
                return admitted(caller, call, tool);
            } finally {
                project.unlock();
            }
        } catch (JournalStopped e) {
            return refusals.stopped(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return refusals.world(call.tool(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            String incident = ids.incident();
            Logger.getLogger(Gatekeeper.class.getName())
                    .log(Level.SEVERE, incident + " in " + call.tool(), e);
            return refusals.incident(incident);
        }
    }

    private Answer admitted(Caller caller, ToolCall call, Tool tool) {
        var arguments = new Arguments(call.arguments());
        Verdict<Optional<ShiftId>> may =
                switch (tool.traits().standing()) {
                    case NO_SHIFT -> Verdict.granted(Optional.empty());
                    case SHIFT_OR_NONE -> shift(caller, arguments, false);
                    case SHIFT -> shift(caller, arguments, true);
                };
        return may.fold(
                shift -> {
                    var turn = new Turn(caller, shift, arguments, call.signals(), recorder);
                    Outcome outcome = run(tool, turn);
                    return outcome instanceof Outcome.Refused(var no)
                            ? refused(caller, shift, call, no)
                            : refusals.plain(outcome, durable(turn, tool));
                },
                no -> refused(caller, Optional.empty(), call, no));
    }

    /**
     * What a changing tool wrote by whatever hand, the answer waits for; reads are not waited for.
     */
    private long durable(Turn turn, Tool tool) {
        return tool.traits().nature() == Tool.Nature.CHANGES
                ? recorder.state().size()
                : turn.durableUpTo();
    }

    private Answer refused(
            Caller caller, Optional<ShiftId> shift, ToolCall call, List<Refusal> no) {
        no.forEach(one -> tally.refused(one.rule().id()));
        return refusals.answer(caller, shift, call, admission.guided(caller.persona(), no));
    }

    private static Outcome run(Tool tool, Turn turn) {
        try {
            return tool.run(turn);
        } catch (Unreadable e) {
            return new Outcome.Refused(e.refusals());
        }
    }

    private Verdict<Optional<ShiftId>> shift(Caller caller, Arguments arguments, boolean needed) {
        return admission.shift(
                recorder.state(),
                caller.principal(),
                caller.persona().name(),
                arguments.maybeText("shift"),
                needed);
    }

    /** What was answered so far. */
    public Tally tally() {
        return tally;
    }
}
