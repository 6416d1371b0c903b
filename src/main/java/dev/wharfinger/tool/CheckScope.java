package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;

import java.util.List;
import java.util.Optional;

/** {@code check_scope}: what the charter's lines say of a request; no opinion, and no refusal. */
final class CheckScope implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final ScopeDesk scope;

    CheckScope(Project project, Guidance guidance, ScopeDesk scope) {
        this.project = project;
        this.guidance = guidance;
        this.scope = scope;
    }

    @Override
    public Traits traits() {
        return new Traits("check_scope", Standing.SHIFT_OR_NONE, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        String request = turn.arguments().text("request");
        ScopeDesk.Finding finding =
                scope.check(request, turn.arguments().maybeText("charter_item"));
        Optional<String> raid =
                turn.maybeShift()
                        .flatMap(shift ->
                                scope.record(
                                        new Pen(project, turn.caller(), shift.id()),
                                        request,
                                        finding));
        List<String> lines = finding.lines();
        String verdict =
                switch (finding.verdict()) {
                    case "in_scope" -> "IN SCOPE.";
                    case "scope_creep" ->
                            "SCOPE CREEP"
                                    + raid.map(id -> ", recorded as " + id).orElse("")
                                    + ". A human decides about it before production.";
                    default -> "UNKNOWN: the charter says nothing about it. That blocks nothing.";
                };
        Reply reply = project.reply(verdict).put("verdict", finding.verdict()).put("lines", lines);
        raid.ifPresent(id -> reply.put("raid", id));
        lines.forEach(reply::line);
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }
}
