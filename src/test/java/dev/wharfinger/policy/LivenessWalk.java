package dev.wharfinger.policy;

import dev.wharfinger.policy.WalkState.Sight;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Walks from every abstract state along the first call that is offered, by every end that the world
 * may give it. What it finds are holes: a circle, a call that is offered and refused again, nothing
 * next, too long a way.
 */
final class LivenessWalk {
    private static final int MOST = 25;
    private static final int MOST_HOLES = 20;
    private static final int UNDER_WAY = -1;
    private final WalkFacts facts;
    private final ToolModel model;
    private final List<NextCall> alphabet;
    private final List<String> holes = new ArrayList<>();
    private final Map<WalkState, Integer> lengths = new HashMap<>();
    private final List<WalkState> interrupted = new ArrayList<>();
    private long states;
    private int longest;

    LivenessWalk(WalkFacts facts, Decisions decisions) {
        this.facts = facts;
        this.alphabet = alphabet(facts);
        this.model = new ToolModel(facts, decisions);
    }

    /** What was wrong; empty where every way ends. */
    List<String> holes() {
        return holes;
    }

    /** How many states were walked from. */
    long states() {
        return states;
    }

    /** The longest way of all, in calls. */
    int longest() {
        return longest;
    }

    /** Walks from every state of this persona's shifts. */
    void everywhere() {
        work();
        reading();
    }

    /**
     * From every state whose files are all read, or all absent: the whole way; and every call that
     * policy could name.
     */
    void work() {
        for (Sight done : List.of(Sight.FRESH, Sight.ABSENT)) {
            each(
                    done,
                    state -> {
                        states++;
                        longest = Math.max(longest, length(state));
                        if (done == Sight.FRESH) {
                            refusals(state);
                        }
                    });
        }
    }

    /**
     * From every state with other files: its first call rests on the files alone where one is not
     * read, and on all but the files where all are. So the way is that of the files, and then one
     * that was walked.
     */
    private void reading() {
        List<WalkState> others = WalkState.filesOtherThanAllRead();
        List<Facts.Readings> files = others.stream().map(facts::readings).toList();
        List<NextCall> reads = others.stream().map(model::first).toList();
        each(
                Sight.FRESH,
                state -> {
                    Facts known = facts.of(state);
                    NextCall read = model.first(state);
                    for (int i = 0; i < files.size(); i++) {
                        states++;
                        NextCall due = others.get(i).ready() ? read : reads.get(i);
                        NextCall call = model.first(known, files.get(i));
                        if (!call.equals(due)) {
                            hole("not what is due with " + files.get(i), state, call);
                        }
                    }
                });
        longest += others.stream().mapToInt(this::untilRead).max().orElseThrow();
        if (longest > MOST) {
            holes.add("the longest way takes " + longest + " calls");
        }
    }

    /** The calls until all is read, by the first call alone. */
    private int untilRead(WalkState from) {
        WalkState state = from;
        int calls = 0;
        NextCall call = model.first(state);
        while (!state.ready() && calls <= MOST) {
            switch (model.call(state, call).getFirst()) {
                case ToolModel.Step.Ended() -> {
                    return calls + 1;
                }
                case ToolModel.Step.No(var to, var no) -> {
                    call = no.getFirst().next().getFirst();
                    state = to;
                }
                case ToolModel.Step.Went(var to, var next) -> {
                    call = next.getFirst();
                    state = to;
                }
            }
            calls++;
        }
        if (calls > MOST) {
            hole("reading never ends", from, call);
        }
        return calls;
    }

    private void each(Sight files, Consumer<WalkState> what) {
        Consumer<WalkState> untilFull =
                state -> {
                    if (holes.size() < MOST_HOLES) {
                        what.accept(state);
                    }
                };
        if (facts.persona().name().value().equals("deploy")) {
            boolean lines = WalkFacts.hasStatedLines(facts.persona());
            WalkState.ofDeploying(files, lines, untilFull);
        } else {
            WalkState.ofProving(files, untilFull);
        }
    }

    /** The longest way from here, along the first call that the guide offers. */
    private int length(WalkState state) {
        Integer known = lengths.get(state);
        if (known != null) {
            if (known == UNDER_WAY) {
                hole("a circle", state, model.first(state));
                return 0;
            }
            return known;
        }
        lengths.put(state, UNDER_WAY);
        int length = length(state, model.first(state), 0);
        lengths.put(state, length);
        return length;
    }

    private int length(WalkState state, NextCall call, int depth) {
        if (depth > MOST) {
            hole("a circle of refusals", state, call);
            return 0;
        }
        int most = 0;
        for (ToolModel.Step step : model.call(state, call)) {
            most =
                    Math.max(
                            most,
                            switch (step) {
                                case ToolModel.Step.Ended() -> 0;
                                case ToolModel.Step.No(var to, var no) ->
                                        refused(state, call, to, no, depth);
                                case ToolModel.Step.Went(var to, var next) -> went(to, next, depth);
                            });
        }
        return most + 1;
    }

    private int went(WalkState to, List<NextCall> next, int depth) {
        if (next.isEmpty()) {
            hole("the shift is open, and nothing is next", to, NextCall.of("nothing"));
            return 0;
        }
        return next.getFirst().equals(model.first(to))
                ? length(to)
                : length(to, next.getFirst(), depth + 1);
    }

    private int refused(WalkState from, NextCall call, WalkState to, List<Refusal> no, int depth) {
        Refusal first = no.getFirst();
        if (first.next().isEmpty()) {
            if (!first.by().equals(Opener.HUMAN)) {
                hole("refused by " + first.by().text() + ", and nothing is next", from, call);
            }
            afterAPersonActed(from);
            return 0;
        }
        if (from.equals(to) && first.next().getFirst().equals(call)) {
            hole("the next call is the one that was refused", from, call);
            return 0;
        }
        NextCall next = first.next().getFirst();
        return next.equals(model.first(to)) && !from.equals(to)
                ? length(to)
                : length(to, next, depth + 1);
    }

    /** A person has settled what was interrupted: from every end of it there is a way on. */
    private void afterAPersonActed(WalkState state) {
        if (state.run() != WalkState.RunIs.INTERRUPTED) {
            hole("a person is named, and no act of hers helps", state, model.first(state));
            return;
        }
        if (!interrupted.contains(state)) {
            interrupted.add(state);
            model.settled(state).forEach(this::length);
            interrupted.removeLast();
        }
    }

    /** Every call that policy could name, refused here: it never names itself. */
    private void refusals(WalkState state) {
        for (NextCall call : alphabet) {
            for (ToolModel.Step step : model.call(state, call)) {
                if (step instanceof ToolModel.Step.No(var to, var no)) {
                    for (Refusal refusal : no) {
                        if (to.equals(state) && refusal.next().contains(call)) {
                            hole("a refusal names the refused call", state, call);
                        }
                    }
                }
            }
        }
    }

    private static List<NextCall> alphabet(WalkFacts facts) {
        var calls = new ArrayList<NextCall>();
        for (WalkState.Seen outcome : WalkState.Seen.values()) {
            if (outcome != WalkState.Seen.NOTHING) {
                calls.add(Guide.handoff(outcome.slug(), "Ended as " + outcome.slug() + "."));
            }
        }
        calls.add(Guide.handoff(Exit.BLOCKED, "Ended as blocked."));
        if (!facts.persona().name().value().equals("deploy")) {
            calls.add(NextCall.of("record_proof", "gate", "test"));
            calls.add(NextCall.of("record_proof", "gate", "security"));
            return calls;
        }
        calls.add(NextCall.of("deploy", "plan", facts.plan(WalkState.fresh()).id().value()));
        calls.add(NextCall.of("deploy", "plan", "p_none"));
        for (String environment : List.of("staging", "production", "moon")) {
            for (String version : List.of("1.0.0", "9.9.9")) {
                calls.add(
                        NextCall.of("plan_deploy", "environment", environment)
                                .with("version", version));
            }
        }
        return calls;
    }

    private void hole(String what, WalkState state, NextCall call) {
        if (holes.size() < MOST_HOLES) {
            holes.add(what + ": " + call.tool() + call.arguments() + " in " + state);
        }
    }
}
