package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.Guide;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * {@code commit_work}: a commit of exactly what this shift wrote, and says which proofs it voids.
 */
final class CommitWork implements Tool {
    private final Project project;
    private final Sources sources;
    private final Guidance guidance;
    private final Commits commits;

    CommitWork(Project project, Sources sources, Guidance guidance, Commits commits) {
        this.project = project;
        this.commits = commits;
        this.sources = sources;
        this.guidance = guidance;
    }

    @Override
    public Traits traits() {
        return new Traits("commit_work", Standing.SHIFT, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        ShiftState shift = turn.shift();
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return new Outcome.Refused(Planning.noCommit());
        }
        var chosen = new LinkedHashMap<WorkspacePath, ContentHash>();
        var foreign = new ArrayList<String>();
        List<String> asked = turn.arguments().texts("paths");
        if (asked.isEmpty()) {
            chosen.putAll(shift.uncommitted());
        }
        for (String raw : asked) {
            switch (WorkspacePath.parse(raw)) {
                case Verdict.Refused<WorkspacePath>(var no) -> {
                    return new Outcome.Refused(no);
                }
                case Verdict.Granted<WorkspacePath>(var path) ->
                        Optional.ofNullable(shift.uncommitted().get(path))
                                .ifPresentOrElse(
                                        hash -> chosen.put(path, hash),
                                        () -> foreign.add(path.toString()));
            }
        }
        if (!foreign.isEmpty() || chosen.isEmpty()) {
            return new Outcome.Refused(nothing(turn, foreign));
        }
        return commit(turn, head.get(), chosen);
    }

    private Refusal nothing(Turn turn, List<String> foreign) {
        return Refusal.byYou(
                RuleId.LANE_UNLOGGED_CHANGE,
                foreign.isEmpty()
                        ? "This shift has written nothing that is not committed."
                        : "This shift did not write `" + String.join("`, `", foreign) + "`.",
                "Only what this shift wrote is committed.",
                guidance.next(turn)
                        .orElseGet(() -> List.of(Guide.handoff("blocked", "Nothing to commit.")))
                        .getFirst());
    }

    private Outcome commit(
            Turn turn, CommitId head, SequencedMap<WorkspacePath, ContentHash> chosen) {
        var before = sources.digest(head);
        var pen = new Pen(project, turn.caller(), turn.shift().id());
        String message = Shown.safe(turn.arguments().text("message")).strip();
        return switch (commits.commit(pen, head, chosen, message)) {
            case Verdict.Refused<CommitId>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<CommitId>(var made) -> {
                observed(turn, made);
                boolean voids = !sources.digest(made).equals(before);
                var paths = chosen.sequencedKeySet().stream().map(WorkspacePath::toString).toList();
                yield project.reply(
                                "Committed "
                                        + made.sha().substring(0, 10)
                                        + ": "
                                        + paths.size()
                                        + " files."
                                        + (voids
                                                ? " Proofs of the commit before no longer hold:"
                                                        + " /test and /security must prove again."
                                                : " No proof is voided."))
                        .put("commit", made.sha())
                        .put("paths", paths)
                        .put("voids", voids ? List.of("test", "security", "ci") : List.of())
                        .next(guidance.next(turn).orElseThrow())
                        .done();
            }
        };
    }

    /** For a persona whose work is the commit: the server made it, so it has seen it. */
    private static void observed(Turn turn, CommitId made) {
        String outcome = "committed";
        if (turn.caller().persona().handoff(outcome).isPresent()) {
            turn.record(new Event.OutcomeObserved(outcome, made.sha()));
        }
    }
}
