package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.ledger.SessionEvent;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.policy.Entry;
import dev.wharfinger.policy.Exit;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code begin_shift}: opens a tour of duty, or takes up the caller's open one again. */
final class BeginShift implements Tool {
    private final Project project;
    private final Library library;
    private final LedgerDesk ledger;
    private final Guidance guidance;
    private final ScopeDesk scope;
    private final TextCheck check;
    private final Lookout lookout;

    BeginShift(
            Project project,
            Library library,
            LedgerDesk ledger,
            Guidance guidance,
            ScopeDesk scope,
            TextCheck check,
            Lookout lookout) {
        this.project = project;
        this.library = library;
        this.ledger = ledger;
        this.guidance = guidance;
        this.scope = scope;
        this.check = check;
        this.lookout = lookout;
    }

    @Override
    public Traits traits() {
        return new Traits("begin_shift", Standing.NO_SHIFT, Nature.CHANGES, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        Optional<Refusal> secret = check.secret(turn.arguments().text("request"));
        if (secret.isPresent()) {
            return new Outcome.Refused(secret.get());
        }
        Optional<String> environment = turn.arguments().maybeText("environment");
        var known = project.settings().environments();
        if (environment.filter(name -> !known.containsKey(name)).isPresent()) {
            return new Outcome.Refused(
                    unknown(
                            turn.arguments().text("request"),
                            environment.get(),
                            List.copyOf(known.sequencedKeySet())));
        }
        var caller = turn.caller();
        Optional<ShiftState> open =
                project.state().openShift(caller.persona().name(), caller.principal());
        if (open.isPresent() && !turn.arguments().flag("abandon")) {
            return resume(turn, open.get());
        }
        if (open.isPresent()) {
            Optional<Refusal> no = abandon(turn, open.get());
            if (no.isPresent()) {
                return new Outcome.Refused(no.get());
            }
        }
        return begin(turn);
    }

    private static Refusal unknown(String request, String asked, List<String> known) {
        return Refusal.byYou(
                RuleId.ENVIRONMENT_UNKNOWN,
                "There is no environment `"
                        + asked
                        + "`; there is "
                        + (known.isEmpty() ? "none" : "`" + String.join("`, `", known) + "`")
                        + ".",
                "Begin again with one of them, or leave `environment` out.",
                NextCall.of("begin_shift", "request", request));
    }

    private Outcome begin(Turn turn) {
        var caller = turn.caller();
        String request = turn.arguments().text("request");
        ScopeDesk.Finding finding = scope.check(request, Optional.empty());
        List<WorkspacePath> listed = library.shownAtBegin(caller.persona());
        Optional<Refusal> unwritable = ledger.cannotBegin(caller.persona());
        if (unwritable.isPresent()) {
            return new Outcome.Refused(unwritable.get());
        }
        ShiftId id = project.ids().shift();
        turn.record(
                id,
                new Event.ShiftBegun(
                        request,
                        turn.arguments().maybeText("version"),
                        turn.arguments().maybeText("environment"),
                        turn.arguments().flag("hotfix"),
                        finding.verdict(),
                        listed,
                        project.walls().against(caller.principal())));
        announce(new Pen(project, caller, id), request, finding);
        return answer(turn, project.state().shift(id).orElseThrow(), false, finding);
    }

    /** What the ledger says of a shift that begins; the line in the session log comes last. */
    private void announce(Pen pen, String request, ScopeDesk.Finding finding) {
        ledger.moveRow(pen, StatusWord.ACTIVE);
        scope.record(pen, request, finding);
        ledger.session(start(pen), SessionEvent.START, Shown.brief(request, 120), Optional.empty());
    }

    private static Pen start(Pen pen) {
        return pen.once("start");
    }

    private Outcome resume(Turn turn, ShiftState open) {
        var pen = new Pen(project, turn.caller(), open.id());
        if (start(pen).written().isEmpty()) { // a crash came before all of it was written
            String request = open.beginning().request();
            announce(pen, request, scope.check(request, Optional.empty()));
        }
        turn.record(
                open.id(), new Event.ShiftResumed(library.shownAtBegin(turn.caller().persona())));
        var finding = new ScopeDesk.Finding(open.beginning().scope(), List.of());
        return answer(turn, project.state().shift(open.id()).orElseThrow(), true, finding);
    }

    /** Closes the open shift with what was observed, else as blocked: its story is not lost. */
    private Optional<Refusal> abandon(Turn turn, ShiftState open) {
        Facts facts = guidance.facts(turn.caller().persona(), open);
        if (facts.deployment().filter(d -> d.running()).isPresent()) {
            return Optional.of(
                    Refusal.byYou(
                            RuleId.DEPLOY_IN_PROGRESS,
                            "The open shift has a deployment running.",
                            "Take the shift up again and wait for its end.",
                            guidance.guide().next(facts).getFirst()));
        }
        String outcome = guidance.exit().likeliest(facts);
        var pen = new Pen(project, turn.caller(), open.id());
        String how = "abandoned as " + outcome;
        ledger.session(pen.once("end", how), SessionEvent.END, how, Optional.empty());
        ledger.moveRow(pen, outcome.equals(Exit.BLOCKED) ? StatusWord.IDLE : StatusWord.FAILED);
        turn.record(open.id(), new Event.ShiftEnded(outcome, "human", List.of()));
        return Optional.empty();
    }

    private Outcome answer(
            Turn turn, ShiftState shift, boolean resumed, ScopeDesk.Finding finding) {
        var persona = turn.caller().persona();
        Facts facts = guidance.facts(persona, shift);
        List<String> unexplained = persona.deploys() ? lookout.lines() : List.of();
        String subject = shift.beginning().version().orElse("(version to be named)");
        String announcement = "Starting " + persona.name().command() + " workflow for: " + subject;
        Reply reply = project.reply((resumed ? "Resumed. " : "") + announcement);
        String enforcement = project.walls().against(turn.caller().principal());
        reply.put("shift", shift.id().value())
                .put("resumed", resumed)
                .put("announcement", announcement)
                .put("enforcement", enforcement)
                .put("unexplained", unexplained);
        var checklist = reply.list("entry");
        for (Entry.Item item : guidance.entry().items(facts)) {
            checklist
                    .addObject()
                    .put("id", item.id())
                    .put("done", item.done())
                    .put("how", item.how());
            reply.line(
                    (item.done() ? "[x] " : "[ ] ")
                            + item.id()
                            + " "
                            + Shown.brief(item.text(), 70));
        }
        reply.object("scope").put("verdict", finding.verdict());
        List<String> listed =
                shift.beginning().listed().stream().map(WorkspacePath::toString).toList();
        reply.put("listed", listed);
        reply.line("listed: " + String.join(", ", listed));
        running(reply);
        reply.line(
                "scope: "
                        + finding.verdict()
                        + finding.lines().stream()
                                .map(line -> " " + line)
                                .collect(Collectors.joining(";")));
        reply.line("enforcement: " + enforcement);
        unexplained.forEach(what -> reply.line("UNEXPLAINED in " + what));
        warnings(turn, reply);
        return reply.next(guidance.guide().next(facts)).done();
    }

    private void running(Reply reply) {
        var running = reply.list("running");
        var words = new ArrayList<String>();
        for (String environment : project.settings().environments().sequencedKeySet()) {
            project.state()
                    .runs(environment)
                    .ifPresent(release -> {
                        running.addObject()
                                .put("environment", environment)
                                .put("version", release.version());
                        words.add(environment + " " + release.version());
                    });
        }
        reply.line("running: " + (words.isEmpty() ? "nothing of ours" : String.join(", ", words)));
    }

    private void warnings(Turn turn, Reply reply) {
        var warnings =
                turn.caller().persona().warnings().stream().map(Object::toString).limit(3).toList();
        if (!warnings.isEmpty()) {
            reply.put("warnings", warnings);
            warnings.forEach(warning -> reply.line("warning: " + warning));
        }
    }
}
