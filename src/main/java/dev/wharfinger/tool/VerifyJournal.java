package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.journal.Verification;

import java.util.function.LongFunction;

/** {@code verify_journal}: the log's tree computed anew and held against its signed checkpoint. */
final class VerifyJournal implements Tool {
    private final Project project;
    private final LongFunction<Verification> verify;

    /**
     * Verifies from an entry on by reading the files, not by asking the process that writes them.
     */
    VerifyJournal(Project project, LongFunction<Verification> verify) {
        this.project = project;
        this.verify = verify;
    }

    @Override
    public Traits traits() {
        return new Traits("verify_journal", Standing.NO_SHIFT, Nature.READS, Pace.WAITS);
    }

    @Override
    public Outcome run(Turn turn) {
        project.recorder().journal().sign();
        Verification result = verify.apply(turn.arguments().maybeInt("from").orElse(0));
        Reply reply =
                project.reply(
                        (result.isVerified()
                                        ? "The journal verifies: "
                                        : "THE JOURNAL DOES NOT VERIFY: ")
                                + result.size()
                                + " entries.");
        var problems =
                result.problems().stream()
                        .map(problem ->
                                (problem.index().isPresent()
                                                ? problem.index().getAsLong() + ": "
                                                : "")
                                        + problem.what())
                        .toList();
        reply.put("verifies", result.isVerified())
                .put("size", result.size())
                .put("root", result.root().base64())
                .put("checkpoint", project.recorder().journal().checkpoint().note())
                .put("problems", problems);
        problems.forEach(reply::line);
        return reply.line("root " + result.root().base64()).done();
    }
}
