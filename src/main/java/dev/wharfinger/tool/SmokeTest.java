package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.SmokeResult;
import dev.wharfinger.deploy.SmokeTests;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code smoke_test}: looks at what is live, now. A failure voids an earlier pass. */
final class SmokeTest implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final Supplier<SmokeTests> tests;

    SmokeTest(Project project, Guidance guidance, Supplier<SmokeTests> tests) {
        this.project = project;
        this.guidance = guidance;
        this.tests = tests;
    }

    @Override
    public Traits traits() {
        return new Traits("smoke_test", Standing.SHIFT, Nature.CHANGES, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        String name = turn.arguments().text("environment");
        Optional<EnvironmentSettings> settings = project.settings().environment(name);
        if (settings.isEmpty()) {
            var facts = guidance.facts(turn.caller().persona(), turn.shift());
            return new Outcome.Refused(
                    new Planning(guidance.entry()).unknownEnvironment(facts, name));
        }
        Optional<ReleaseRecord> runs = project.state().runs(name);
        if (runs.isEmpty()) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.PHASE_OUT_OF_ORDER,
                            "Nothing of ours runs in `" + name + "` yet.",
                            "Deploy first: smoke tests follow the deployment.",
                            guidance.next(turn).orElseThrow().getFirst()));
        }
        return answer(turn, name, runs.get(), tests.get().run(settings.get()));
    }

    private Outcome answer(Turn turn, String name, ReleaseRecord runs, List<SmokeResult> results) {
        boolean passed = results.stream().allMatch(SmokeResult::passed);
        var lines =
                results.stream()
                        .map(r ->
                                (r.passed() ? "pass " : "FAIL ")
                                        + r.check().url()
                                        + ": "
                                        + Shown.brief(r.observed(), 160))
                        .toList();
        turn.record(new Event.SmokeRan(name, Optional.of(runs.artifact()), passed, lines));
        Reply reply =
                project.reply(
                        (passed ? "PASS: " : "FAIL: ")
                                + results.size()
                                + " smoke tests of "
                                + runs.version()
                                + " in "
                                + name
                                + ".");
        reply.put("environment", name).put("version", runs.version()).put("passed", passed);
        var checks = reply.list("checks");
        for (SmokeResult result : results) {
            checks.addObject()
                    .put("url", result.check().url().toString())
                    .put(
                            "expected",
                            "status "
                                    + result.check().status()
                                    + result.check()
                                            .contains()
                                            .map(t -> " with `" + t + "`")
                                            .orElse(""))
                    .put("observed", Shown.brief(result.observed(), 160))
                    .put("passed", result.passed())
                    .put("millis", result.millis());
        }
        lines.forEach(reply::line);
        return reply.next(guidance.next(turn).orElseThrow()).done();
    }
}
