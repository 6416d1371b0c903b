package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.sighting.Sighting;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** {@code view_file}: the text of a listed file. Reading it is what lets an action rest on it. */
final class ViewFile implements Tool {
    private final Project project;
    private final Library library;
    private final Guidance guidance;
    private final Writing writing = new Writing();

    ViewFile(Project project, Library library, Guidance guidance) {
        this.project = project;
        this.library = library;
        this.guidance = guidance;
    }

    @Override
    public Traits traits() {
        return new Traits("view_file", Standing.SHIFT_OR_NONE, Nature.RECORDS, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        Verdict<WorkspacePath> named = WorkspacePath.parse(turn.arguments().text("path"));
        Verdict<WorkspacePath> allowed =
                named.then(path ->
                        turn.maybeShift()
                                .map(shift ->
                                        writing.maySee(
                                                turn.caller().persona(), shift.sightings(), path))
                                .orElseGet(() -> writing.mayRead(path)));
        return switch (allowed.then(library::read)) {
            case Verdict.Refused<Optional<FileContent>>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<Optional<FileContent>>(var found) ->
                    found.map(file -> show(turn, file)).orElseGet(() -> gone(turn, named));
        };
    }

    private Outcome show(Turn turn, FileContent file) {
        if (!file.isText()) {
            return new Outcome.Refused(notText(file));
        }
        library.remember(turn, file);
        List<String> lines = file.text().lines().toList();
        int first = Math.max(1, turn.arguments().maybeInt("start_line").orElse(1));
        int last =
                Math.min(lines.size(), turn.arguments().maybeInt("end_line").orElse(lines.size()));
        List<String> shown = first <= last ? lines.subList(first - 1, last) : List.of();
        String text = Shown.safe(String.join("\n", shown));
        Reply reply =
                project.reply(
                        "`" + file.path() + "`, " + lines.size() + " lines. Read: it now counts.");
        reply.put("path", file.path().toString())
                .put("sha256", file.hash().hex())
                .put("lines", lines.size())
                .put("start_line", first)
                .put("end_line", Math.max(first - 1, last))
                .put("text", text)
                .line("sha256 " + file.hash().hex())
                .line(text);
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }

    /** A ledger file that is no text can be read by no call: a person must look at it. */
    private Refusal notText(FileContent file) {
        boolean ledger = project.settings().ledger().at(file.path()).isPresent();
        String reason = "`" + file.path() + "` is not text.";
        return ledger
                ? Refusal.by(
                        Opener.HUMAN,
                        RuleId.ARGUMENT_INVALID,
                        reason,
                        "Tell the user: a person must make a text of it again, or remove it.")
                : Refusal.byYou(
                        RuleId.ARGUMENT_INVALID,
                        reason,
                        "View text files; list_dir tells sizes of others.");
    }

    private static Outcome gone(Turn turn, Verdict<WorkspacePath> named) {
        if (!(named instanceof Verdict.Granted<WorkspacePath>(var path))) {
            throw new IllegalStateException("a path that cannot be named was looked for");
        }
        return new Outcome.Refused(
                turn.maybeShift()
                        .filter(shift -> shift.sightings().of(path) instanceof Sighting.Read)
                        .map(shift -> Guidance.vanished(shift, path))
                        .orElseGet(() -> absent(path)));
    }

    private static Refusal absent(WorkspacePath path) {
        return Refusal.byYou(
                RuleId.HALLUCINATION_UNLISTED_PATH,
                "`" + path + "` is not there.",
                "List its folder to see what is.",
                NextCall.of(
                        "list_dir", "path", path.parent().orElse(WorkspacePath.ROOT).toString()));
    }
}
