package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Returning;
import dev.wharfinger.policy.Returning.Undo;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.PeopleEvent;

import java.util.List;
import java.util.Optional;

/** What {@code wharf rollback} does: a person takes back what runs, and needs nobody's leave. */
public final class HumanReturn {
    private final Project project;
    private final ReturnDesk desk;
    private final GateDesk gates;
    private final Returning returning = new Returning();

    HumanReturn(Project project, ReturnDesk desk, GateDesk gates) {
        this.project = project;
        this.desk = desk;
        this.gates = gates;
    }

    /** How it ended, in lines for a terminal. */
    public record Done(boolean back, String environment, List<String> lines, long millis) {
        public Done {
            lines = List.copyOf(lines);
        }
    }

    /** Takes it back. */
    public Verdict<Done> run(
            Principal by,
            Persona persona,
            String environment,
            String reason,
            Optional<String> version) {
        Optional<Undo> undo =
                project.settings().environment(environment).isEmpty()
                        ? Optional.empty()
                        : desk.undo(environment, version);
        if (undo.isEmpty()) {
            Refusal no = returning.nothing(environment, version);
            return Verdict.refused(no);
        }
        Verdict<DeployGrant> may =
                returning.mayReturn(
                        undo.get(),
                        true,
                        Optional.empty(),
                        List.of(),
                        project.ids().back(),
                        gates.nextFence(environment));
        var pen = desk.penOf(new Caller(by, persona, false, "wharf rollback"));
        return may.map(grant -> done(desk.run(pen, undo.get(), grant, reason)));
    }

    private static Done done(ReturnDesk.Returned returned) {
        PeopleEvent.ReturnFinished end = returned.end();
        boolean back = end.state().equals("rolled_back");
        var lines = new java.util.ArrayList<String>();
        lines.add(
                (back ? "taken back: " : "NOT TAKEN BACK: ")
                        + end.environment()
                        + ": "
                        + end.detail()
                        + " ("
                        + end.millis()
                        + " ms)");
        returned.notices().forEach(notice -> lines.add("written: " + notice));
        returned.recorded().forEach(fact -> lines.add("recorded: " + fact));
        return new Done(back, end.environment(), lines, end.millis());
    }
}
