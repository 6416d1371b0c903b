package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.CommitId;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/** {@code check_gates}: every gate with what is claimed and what is proved. It changes nothing. */
final class CheckGates implements Tool {
    private final Project project;
    private final Sources sources;
    private final Guidance guidance;
    private final GateDesk gates;
    private final Planning planning;

    CheckGates(Project project, Sources sources, Guidance guidance, GateDesk gates) {
        this.project = project;
        this.sources = sources;
        this.guidance = guidance;
        this.gates = gates;
        this.planning = new Planning(guidance.entry());
    }

    @Override
    public Traits traits() {
        return new Traits("check_gates", Standing.SHIFT, Nature.READS, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        String environment = turn.arguments().text("environment");
        Facts bare =
                guidance.facts(
                        turn.caller().persona(), turn.shift(), Optional.of(environment), List.of());
        if (bare.rules().refusal().isPresent()) {
            return new Outcome.Refused(bare.rules().refusal().get());
        }
        if (!bare.environments().contains(environment)) {
            return new Outcome.Refused(planning.unknownEnvironment(bare, environment));
        }
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return new Outcome.Refused(Planning.noCommit());
        }
        List<GateState> states =
                gates.states(turn.caller().persona(), turn.shift(), environment, head.get());
        boolean ready = states.stream().allMatch(GateState::passable);
        long shut = states.stream().filter(gate -> !gate.passable()).count();
        Reply reply =
                project.reply(
                        ready
                                ? "READY: every gate of " + environment + " is open."
                                : "NOT READY: "
                                        + shut
                                        + " of "
                                        + states.size()
                                        + " gates of "
                                        + environment
                                        + " are closed.");
        reply.put("environment", environment).put("commit", head.get().sha()).put("ready", ready);
        show(reply, states);
        Facts facts =
                guidance.facts(
                        turn.caller().persona(),
                        turn.shift(),
                        Optional.of(environment),
                        ciMayStillRun(states));
        return reply.next(guidance.guide().next(facts)).done();
    }

    /** A gate that plan_deploy itself runs does not end the shift. */
    private static List<GateState> ciMayStillRun(List<GateState> states) {
        return states.stream()
                .filter(gate ->
                        gate.passable()
                                || !gate.shut()
                                        .orElseThrow()
                                        .by()
                                        .equals(dev.wharfinger.rule.Opener.YOU))
                .toList();
    }

    static void show(Reply reply, List<GateState> states) {
        var list = reply.list("gates");
        for (GateState gate : states) {
            ObjectNode node =
                    list.addObject()
                            .put("id", gate.id().value())
                            .put("title", gate.title())
                            .put("claimed", Shown.brief(gate.claimed(), 40))
                            .put("proved", gate.proved())
                            .put("verdict", gate.verdict().text())
                            .put("why", gate.why());
            gate.shut()
                    .ifPresent(shut ->
                            node.put("by", shut.by().text())
                                    .put("remedy", shut.remedy())
                                    .put("rule", shut.rule().id()));
            gate.source().map(Source::toString).ifPresent(source -> node.put("source", source));
            String mark =
                    switch (gate.verdict()) {
                        case OPEN -> "[x] ";
                        case SHUT -> "[ ] ";
                        case NOT_CHECKED -> "[-] not checked: ";
                    };
            String how =
                    gate.shut()
                            .map(no -> " → " + no.remedy() + " (by: " + no.by().text() + ")")
                            .orElse("");
            reply.line(mark + gate.id().value() + ": " + gate.why() + how);
        }
    }
}
