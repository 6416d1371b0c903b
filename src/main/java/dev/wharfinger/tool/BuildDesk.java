package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.Built;
import dev.wharfinger.policy.Guide;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Builds what is shipped, once a commit, and writes down that it was built or would not build. */
final class BuildDesk {
    private final Project project;
    private final Sources sources;

    BuildDesk(Project project, Sources sources) {
        this.project = project;
        this.sources = sources;
    }

    /** What came of it. */
    sealed interface Build {}

    /** There is an artifact, verified a moment ago. */
    record Ready(String artifact) implements Build {}

    /** There is none, and this is what the caller hears. */
    record Broken(Outcome outcome) implements Build {}

    Build build(Pen pen, CommitId commit) {
        Optional<BuildSettings> settings = project.settings().build();
        if (settings.isEmpty()) {
            return new Broken(
                    new Outcome.Refused(
                            Refusal.by(
                                    Opener.HUMAN,
                                    RuleId.CONFIG_MISSING,
                                    "`wharf.yaml` says nothing about the `artifact` to ship.",
                                    "Tell the user to declare `artifact.path`, and `artifact.build`"
                                            + " where it must be built.",
                                    Guide.handoff("blocked", "No artifact is declared."))));
        }
        try {
            Redactor redactor = Redactor.ofNames(project.environment(), settings.get().env());
            return switch (project.artifacts()
                    .get()
                    .build(
                            commit,
                            settings.get(),
                            sources.git(),
                            project.commands().get(),
                            redactor,
                            () -> false)) {
                case Built.Done(var artifact, var fresh) -> {
                    if (fresh || project.state().artifact(commit).isEmpty()) {
                        pen.recordDurably(
                                new Event.ArtifactBuilt(
                                        commit,
                                        Optional.of(artifact.digest().hex()),
                                        artifact.files()
                                                + " files, "
                                                + artifact.bytes()
                                                + " bytes"));
                    }
                    yield new Ready(artifact.digest().hex());
                }
                case Built.Broken(var command, var reason, var output) -> {
                    pen.recordDurably(
                            new Event.ArtifactBuilt(
                                    commit,
                                    Optional.empty(),
                                    Shown.brief(command + " " + reason, 300)));
                    yield failed(
                            pen,
                            "build-broken",
                            "build" + (command.isEmpty() ? "" : " (" + command + ")"),
                            reason + (output.isBlank() ? "" : "\n" + tail(output)));
                }
            };
        } catch (IOException e) {
            return failed(pen, "infra-failure", "build", String.valueOf(e.getMessage()));
        }
    }

    private Broken failed(Pen pen, String outcome, String step, String reason) {
        pen.record(new Event.OutcomeObserved(outcome, Shown.brief(reason, 300)));
        var node =
                Reply.of("")
                        .next(
                                List.of(
                                        Guide.handoff(
                                                outcome,
                                                "The build failed: " + Shown.brief(reason, 120))))
                        .node();
        return new Broken(
                new Outcome.Failed(
                        step,
                        Shown.safe(reason),
                        "Hand over with write_handoff, outcome `" + outcome + "`.",
                        node));
    }

    private static String tail(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }
}
