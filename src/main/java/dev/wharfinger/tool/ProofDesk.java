package dev.wharfinger.tool;

import dev.wharfinger.command.Redactor;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateResult;
import dev.wharfinger.proof.GateRunner;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.proof.TestCounts;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has the server itself run a gate's declared command in a clean checkout, and records what came of
 * it.
 */
final class ProofDesk {
    private final Project project;
    private final Sources sources;
    private final Scratch scratch;

    ProofDesk(Project project, Sources sources, Scratch scratch) {
        this.project = project;
        this.sources = sources;
        this.scratch = scratch;
    }

    /** What came of a run: the event as recorded, or why nothing could be recorded. */
    sealed interface Ran {
        record Recorded(Event.ProofRecorded proof, GateResult result) implements Ran {}

        record Unusable(String why, String output) implements Ran {}
    }

    /**
     * Runs the gate where it is declared and not yet proved for these sources; why nothing came of
     * it, where it ran and gave no usable report.
     */
    Optional<String> runIfDeclared(Pen pen, GateId id, CommitId commit) {
        Optional<GateSettings> settings = project.settings().gate(id);
        boolean declared =
                settings.filter(GateSettings::applies).flatMap(GateSettings::command).isPresent();
        boolean known =
                project.state()
                        .proof(id, sources.digest(commit))
                        .filter(entry -> ((Event.ProofRecorded) entry.event()).passed())
                        .isPresent();
        return declared
                        && !known
                        && run(pen::recordDurably, settings.get(), commit)
                                instanceof Ran.Unusable(var why, var _)
                ? Optional.of(Shown.brief(why, 200))
                : Optional.empty();
    }

    /** Runs the declared command in a clean checkout of the commit: an observed proof. */
    Ran run(Consumer<Event> record, GateSettings settings, CommitId commit) {
        SourceDigest digest = sources.digest(commit);
        try (Scratch.Folder checkout = scratch.folder()) {
            sources.git().export(commit, checkout.path());
            Redactor redactor = Redactor.ofNames(project.environment(), settings.env());
            GateResult result =
                    new GateRunner(project.commands().get())
                            .run(settings, checkout.path(), redactor, () -> false);
            return switch (result.outcome()) {
                case UNUSABLE -> new Ran.Unusable(result.why(), result.output());
                case PASS, FAIL -> {
                    boolean passed = result.outcome() == GateResult.Outcome.PASS;
                    List<ContentHash> reports =
                            result.reports().stream().map(report -> report.hash()).toList();
                    var proof =
                            new Event.ProofRecorded(
                                    settings.gate(),
                                    digest,
                                    commit,
                                    Strength.OBSERVED,
                                    passed,
                                    good(result),
                                    bad(result, settings),
                                    Shown.brief(result.why(), 300),
                                    reports);
                    record.accept(proof);
                    yield new Ran.Recorded(proof, result);
                }
            };
        } catch (IOException e) {
            return new Ran.Unusable("the checkout could not be made: " + e.getMessage(), "");
        }
    }

    static int good(GateResult result) {
        return result.tests().map(TestCounts::passed).orElse(0);
    }

    static int bad(GateResult result, GateSettings settings) {
        int tests = result.tests().map(counts -> counts.failed() + counts.errors()).orElse(0);
        return tests + result.scan().map(counts -> counts.atLeast(settings.blockLevel())).orElse(0);
    }
}
