package dev.wharfinger.tool;

import dev.wharfinger.approval.Kind;
import dev.wharfinger.call.Arguments;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.policy.AskedDigest;
import dev.wharfinger.policy.DecidedGrant;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code write_file}: new text for one file of the persona's lanes, whole or by edits. */
final class WriteFile implements Tool {
    private final Project project;
    private final Library library;
    private final Guidance guidance;
    private final FileDesk files;
    private final TextCheck check;
    private final Decisions decisions;
    private final LaneDesk lanes;
    private final Writing writing = new Writing();

    WriteFile(
            Project project,
            Library library,
            Guidance guidance,
            FileDesk files,
            TextCheck check,
            Decisions decisions) {
        this.project = project;
        this.library = library;
        this.guidance = guidance;
        this.files = files;
        this.check = check;
        this.decisions = decisions;
        this.lanes = new LaneDesk(project, decisions);
    }

    @Override
    public Traits traits() {
        return new Traits("write_file", Standing.SHIFT, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        return switch (WorkspacePath.parse(turn.arguments().text("path"))) {
            case Verdict.Refused<WorkspacePath>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<WorkspacePath>(var path) -> write(turn, path);
        };
    }

    private Outcome write(Turn turn, WorkspacePath path) {
        boolean mine =
                turn.caller().persona().mayWrite(path)
                        || lanes.leave(turn.shift().id(), path).isPresent();
        if (!mine || project.workspace().alwaysForbidden(path)) {
            return decide(turn, path, Optional.empty(), new byte[0]);
        }
        return switch (library.read(path)) {
            case Verdict.Refused<Optional<FileContent>>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<Optional<FileContent>>(var found) -> {
                Optional<FileContent> existing = found.filter(file -> !builtIn(path));
                yield switch (content(turn.arguments(), path, existing)) {
                    case Verdict.Refused<byte[]>(var no) -> new Outcome.Refused(no);
                    case Verdict.Granted<byte[]>(var bytes) -> decide(turn, path, existing, bytes);
                };
            }
        };
    }

    private boolean builtIn(WorkspacePath path) {
        return project.workspace().read(path, 1 << 20)
                        instanceof Verdict.Granted<Optional<FileContent>>(var found)
                && found.isEmpty();
    }

    private Verdict<byte[]> content(
            Arguments arguments, WorkspacePath path, Optional<FileContent> existing) {
        Optional<String> whole = arguments.maybeText("content");
        List<Arguments> edits = arguments.objects("edits");
        if (whole.isPresent() == !edits.isEmpty()) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "Either `content` or `edits` says what to write, not both and not"
                                    + " neither.",
                            "Send one of them."));
        }
        if (whole.isPresent()) {
            return Verdict.granted(whole.get().getBytes(StandardCharsets.UTF_8));
        }
        String text = existing.map(FileContent::text).orElse("");
        for (Arguments edit : edits) {
            String old = edit.text("old");
            int at = text.indexOf(old);
            if (old.isEmpty() || at < 0 || text.indexOf(old, at + 1) >= 0) {
                return Verdict.refused(
                        Refusal.byYou(
                                RuleId.ARGUMENT_INVALID,
                                "An edit's `old` must stand in `"
                                        + path
                                        + "` exactly once; it does "
                                        + (at < 0 ? "not." : "more than once."),
                                "Read the file, and send a longer or corrected `old`.",
                                NextCall.of("view_file", "path", path.toString())));
            }
            text = text.substring(0, at) + edit.text("new") + text.substring(at + old.length());
        }
        return Verdict.granted(text.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome decide(
            Turn turn, WorkspacePath path, Optional<FileContent> existing, byte[] content) {
        var shift = turn.shift();
        var attempt =
                new Writing.Attempt(
                        path,
                        ContentHash.of(content),
                        existing.map(FileContent::hash),
                        turn.arguments()
                                .maybeText("if_sha256")
                                .filter(hex -> hex.matches("[0-9a-f]{64}"))
                                .map(ContentHash::new),
                        lanes.nearestFolder(path),
                        project.workspace().alwaysForbidden(path),
                        statusesKept(path, existing, content),
                        lanes.leave(shift.id(), path));
        Verdict<WriteGrant> may =
                writing.mayWrite(turn.caller().persona(), shift.sightings(), attempt);
        if (may instanceof Verdict.Refused<WriteGrant>(var no)) {
            return new Outcome.Refused(no);
        }
        List<Refusal> bad =
                check.refusals(turn, path, content, existing.map(FileContent::text).orElse(""));
        Optional<DecidedGrant> leave = Optional.empty();
        if (!bad.isEmpty()) {
            boolean askable = bad.stream().allMatch(no -> no.rule() == RuleId.CONTENT_DANGEROUS);
            String digest = AskedDigest.content(path, attempt.content());
            leave = askable ? decisions.leave(Kind.CONTENT, digest) : Optional.empty();
            if (leave.isEmpty()) {
                return new Outcome.Refused(
                        askable ? asked(turn, path, existing, content, bad, digest) : bad);
            }
        }
        leave.ifPresent(yes -> decisions.spend(yes, turn.caller().principal()));
        WriteGrant grant = ((Verdict.Granted<WriteGrant>) may).grant();
        var pen = new Pen(project, turn.caller(), shift.id());
        return files.write(pen, grant, content, "write_file", Optional.empty())
                .map(Outcome.class::cast)
                .orElseGet(() -> written(turn, path, existing, content));
    }

    /** People are asked about exactly these bytes, and see how they differ. */
    private List<Refusal> asked(
            Turn turn,
            WorkspacePath path,
            Optional<FileContent> existing,
            byte[] content,
            List<Refusal> bad,
            String digest) {
        var lines = new ArrayList<String>();
        bad.forEach(no -> lines.add(no.reason()));
        Diff.unified(
                        path.toString(),
                        existing.map(FileContent::text).orElse(""),
                        new String(content, StandardCharsets.UTF_8))
                .lines()
                .forEach(lines::add);
        String id =
                decisions.ask(
                        new Request(
                                turn.caller().principal(),
                                Optional.of(turn.caller().persona().name()),
                                Optional.of(turn.shift().id()),
                                Kind.CONTENT,
                                Optional.empty(),
                                digest,
                                "`" + path + "` with a dangerous setting",
                                lines));
        Refusal no = bad.getFirst();
        String remedy =
                "Write it without that, or tell the user: a person decides with `"
                        + decisions.where(id).getFirst()
                        + "`; then send the same again.";
        return List.of(
                new Refusal(no.rule(), no.reason(), remedy, no.by(), no.next(), no.source()));
    }

    private boolean statusesKept(
            WorkspacePath path, Optional<FileContent> existing, byte[] content) {
        if (!path.equals(project.settings().ledger().plan())) {
            return true;
        }
        String file = path.toString();
        return Plan.statusCellsEqual(file, existing.map(FileContent::bytes), content);
    }

    private Outcome written(
            Turn turn, WorkspacePath path, Optional<FileContent> existing, byte[] content) {
        String diff =
                Diff.unified(
                        path.toString(),
                        existing.map(FileContent::text).orElse(""),
                        new String(content, StandardCharsets.UTF_8));
        return project.reply(
                        "Wrote `"
                                + path
                                + "`"
                                + (existing.isPresent() ? "." : ", a new file.")
                                + " Commit it with commit_work.")
                .put("path", path.toString())
                .put("sha256", ContentHash.of(content).hex())
                .put("created", existing.isEmpty())
                .put("diff", diff)
                .line("sha256 " + ContentHash.of(content).hex())
                .line(diff)
                .next(guidance.next(turn).orElseThrow())
                .done();
    }
}
