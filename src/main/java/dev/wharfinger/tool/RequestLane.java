package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/**
 * {@code request_lane}: asks people to let this shift write one path outside of its lanes. Nothing
 * is written by it, and asking again is the same question.
 */
final class RequestLane implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final Decisions decisions;
    private final LaneDesk lanes;
    private final Writing writing = new Writing();

    RequestLane(Project project, Guidance guidance, Decisions decisions) {
        this.project = project;
        this.guidance = guidance;
        this.decisions = decisions;
        this.lanes = new LaneDesk(project, decisions);
    }

    @Override
    public Traits traits() {
        return new Traits("request_lane", Standing.SHIFT, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        Verdict<WorkspacePath> may =
                WorkspacePath.parse(turn.arguments().text("path"))
                        .then(path ->
                                writing.mayRequest(
                                        turn.caller().persona(),
                                        turn.shift().sightings(),
                                        attempt(path)));
        return may.fold(path -> asked(turn, path), Outcome.Refused::new);
    }

    private Writing.Attempt attempt(WorkspacePath path) {
        return new Writing.Attempt(
                path,
                ContentHash.of(new byte[0]),
                Optional.empty(),
                Optional.empty(),
                lanes.nearestFolder(path),
                project.workspace().alwaysForbidden(path),
                true,
                Optional.empty());
    }

    private Outcome asked(Turn turn, WorkspacePath path) {
        if (turn.caller().persona().mayWrite(path)) {
            return project.reply("`" + path + "` is in your lanes: write it with write_file.")
                    .put("state", "approved")
                    .put("path", path.toString())
                    .next(guidance.next(turn).orElseThrow())
                    .done();
        }
        String id = decisions.ask(request(turn, path));
        String state = decisions.standing(id).map(now -> now.text()).orElse("waiting");
        String verdict =
                switch (state) {
                    case "approved" -> "APPROVED: write `" + path + "` with write_file.";
                    case "denied" -> "DENIED: leave `" + path + "` as it is.";
                    default ->
                            "WAITING: a person decides with `"
                                    + decisions.where(id).getFirst()
                                    + "`.";
                };
        return project.reply(verdict)
                .put("request", id)
                .put("state", state)
                .put("path", path.toString())
                .put("where", decisions.where(id))
                .next(
                        state.equals("waiting")
                                ? List.of(NextCall.of("shift_status").with("wait_s", 50))
                                : guidance.next(turn).orElseThrow())
                .done();
    }

    private static Request request(Turn turn, WorkspacePath path) {
        return new Request(
                turn.caller().principal(),
                Optional.of(turn.caller().persona().name()),
                Optional.of(turn.shift().id()),
                Kind.LANE,
                Optional.empty(),
                AskedDigest.lane(turn.shift().id(), path),
                turn.caller().persona().name().command() + " wants to write " + path,
                List.of(
                        "path: " + path,
                        "shift: " + turn.shift().id(),
                        "request: `" + turn.shift().beginning().request() + "`",
                        "reason, in the agent's words: `" + turn.arguments().text("reason") + "`"));
    }
}
