package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Planning;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.ShiftState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a new keeper does first: every deployment that a crash left open is looked at, then finished
 * or taken back. Its grant is the old one, made anew from the journal: same plan, same fence.
 */
public final class Recovery {
    private final Project project;
    private final DeployDesk desk;

    Recovery(Project project, DeployDesk desk) {
        this.project = project;
        this.desk = desk;
    }

    /**
     * Settles what is open; a line for each. {@code personas} finds the persona whose shift it was.
     */
    public List<String> settle(Function<String, Optional<Persona>> personas) {
        var settled = new ArrayList<String>();
        for (Deployment open : project.state().unfinished()) {
            Optional<DeployPlan> plan = project.state().plan(open.plan());
            Optional<ShiftState> shift = open.shift().flatMap(project.state()::shift);
            Optional<Persona> persona = shift.flatMap(s -> personas.apply(s.persona().value()));
            boolean known =
                    plan.filter(p -> project.settings().environment(p.environment()).isPresent())
                            .isPresent();
            if (!known || shift.isEmpty() || persona.isEmpty()) {
                settled.add(
                        open.id()
                                + ": cannot be settled, since its plan or environment is unknown"
                                + " now");
                continue;
            }
            var caller = new Caller(shift.get().principal(), persona.get(), false, "recovery");
            var pen = new Pen(project, caller, shift.get().id());
            DeployGrant grant = Planning.again(plan.get(), open.id(), open.fence());
            settled.add(open.id() + ": " + desk.recover(pen, plan.get(), open, grant).state());
        }
        return settled;
    }
}
