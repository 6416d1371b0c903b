package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.journal.Verification;

import java.util.function.Supplier;

/** {@code verify_journal}: the log's tree computed anew and held against its signed checkpoint. */
final class VerifyJournal implements Tool {
    private final Project project;
    private final Supplier<Verification> verify;

    /** Verifies by reading the files, not by asking the process that writes them. */
    VerifyJournal(Project project, Supplier<Verification> verify) {
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
        Verification result = verify.get();
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
        String note = project.recorder().journal().checkpoint().note();
        reply.put("verdict", result.isVerified() ? "verified" : "broken")
                .put("size", result.size())
                .put("root", result.root().base64())
                .put("checkpoint", note)
                .put("problems", problems);
        problems.forEach(reply::line);
        return reply.line("root " + result.root().base64()).line(note.strip()).done();
    }
}
