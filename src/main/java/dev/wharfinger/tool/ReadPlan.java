package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.ledger.Blocker;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.ledger.SquadRow;
import dev.wharfinger.ledger.Task;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** {@code read_plan}: PLAN.md with two columns, what is claimed and what is proved. */
final class ReadPlan implements Tool {
    private static final int PAGE = 20;
    private static final List<String> PROVED = List.of("test", "security", "ux");
    private final Project project;
    private final Library library;
    private final Sources sources;
    private final Guidance guidance;
    private final GivenPlans given;

    ReadPlan(Project project, Library library, Sources sources, Guidance guidance) {
        this.project = project;
        this.library = library;
        this.sources = sources;
        this.guidance = guidance;
        this.given = new GivenPlans(project);
    }

    @Override
    public Traits traits() {
        return new Traits("read_plan", Standing.SHIFT_OR_NONE, Nature.RECORDS, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        var path = project.settings().ledger().plan();
        Optional<FileContent> file = library.readable(path);
        if (file.isEmpty()) {
            return new Outcome.Refused(missing(turn, path));
        }
        library.remember(turn, file.get());
        return given.again(
                new GivenPlans.Asked(
                        turn.caller().principal(),
                        turn.caller().persona().name(),
                        turn.maybeShift().map(ShiftState::id),
                        turn.arguments().maybeText("cursor"),
                        file.get().hash()),
                () -> answer(turn, library.plan(file.get()), file.get()));
    }

    private static Refusal missing(Turn turn, WorkspacePath path) {
        if (turn.maybeShift().isPresent()) {
            return Guidance.vanished(turn.maybeShift().get(), path);
        }
        boolean begins = Guidance.goesOnShifts(turn.caller().persona());
        return Refusal.byYou(
                RuleId.HALLUCINATION_UNLISTED_PATH,
                "The project has no `" + path + "`.",
                begins
                        ? "Begin a shift: the server makes one from its template."
                        : "List what there is.",
                begins ? Guidance.begin() : NextCall.of("list_dir", "path", "."));
    }

    private Outcome answer(Turn turn, Plan plan, FileContent file) {
        int from = turn.arguments().maybeText("cursor").map(ReadPlan::offset).orElse(0);
        List<Task> tasks = plan.tasks();
        if (from < 0 || from > tasks.size()) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "`cursor` is not one that read_plan gave.",
                            "Read again without a cursor.",
                            NextCall.of("read_plan")));
        }
        List<Task> shown = tasks.subList(from, Math.min(tasks.size(), from + PAGE));
        String title = title(file);
        long open = tasks.stream().filter(task -> !task.done()).count();
        String verdict =
                title
                        + ": "
                        + plan.rows().size()
                        + " squad rows, "
                        + open
                        + " of "
                        + tasks.size()
                        + " tasks open, "
                        + plan.blockers().size()
                        + " blockers.";
        Reply reply = project.reply(Shown.brief(verdict, 200));
        reply.put("title", title).put("sha256", file.hash().hex());
        rows(reply, plan);
        var list = reply.list("tasks");
        for (Task task : shown) {
            list.addObject()
                    .put("text", Shown.brief(task.text(), 160))
                    .put("done", task.done())
                    .put("line", task.source().line());
            reply.line((task.done() ? "[x] " : "[ ] ") + Shown.brief(task.text(), 160));
        }
        if (from + shown.size() < tasks.size()) {
            reply.more(Integer.toString(from + shown.size()));
        }
        var blockers = reply.list("blockers");
        for (Blocker blocker : plan.blockers()) {
            blockers.addObject()
                    .put("text", Shown.safe(blocker.text()))
                    .put("line", blocker.source().line());
            reply.line("BLOCKER " + Shown.safe(blocker.text()));
        }
        guidance.next(turn).ifPresent(reply::next);
        return reply.doneForMore();
    }

    /** The file's first heading. */
    private static String title(FileContent file) {
        return file.text()
                .lines()
                .filter(line -> line.startsWith("#"))
                .findFirst()
                .map(line -> line.replaceFirst("^#+\\s*", ""))
                .orElse(file.path().toString());
    }

    private static int offset(String cursor) {
        return cursor.matches("[0-9]{1,6}") ? Integer.parseInt(cursor) : -1;
    }

    private void rows(Reply reply, Plan plan) {
        var rows = reply.list("rows");
        for (SquadRow row : plan.rows()) {
            String proved = proved(row);
            rows.addObject()
                    .put("command", row.command())
                    .put("claimed", Shown.brief(row.raw(), 40))
                    .put("proved", proved)
                    .put("line", row.source().line());
            reply.line(
                    row.command()
                            + "  claimed "
                            + Shown.brief(row.raw(), 40)
                            + "  proved "
                            + proved);
        }
    }

    /** Git is asked only where there is a proof of that gate: opening it takes a while. */
    private String proved(SquadRow row) {
        String name = row.command().substring(1);
        if (!PROVED.contains(name) || !sources.git().isPresent()) {
            return "-";
        }
        GateId gate = new GateId(name);
        return project.state()
                .lastProof(gate)
                .flatMap(_ -> sources.head())
                .flatMap(head -> project.state().proof(gate, sources.digest(head)))
                .map(entry -> (Event.ProofRecorded) entry.event())
                .map(proof -> (proof.passed() ? "yes: " : "no: ") + proof.summary())
                .orElse("no");
    }
}
