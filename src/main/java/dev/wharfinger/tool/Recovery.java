package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Deploying;
import dev.wharfinger.policy.Returning;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.Returns;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.shift.Stamped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a new keeper does first, after a crash: it looks at what was intended, and writes down what
 * came of it. Files and commits stand or do not; a deployment is finished or taken back, under its
 * old grant made anew from the journal; a deployment that ended is told of in the ledger.
 */
public final class Recovery {
    private final Project project;
    private final DeployDesk desk;
    private final ReturnDesk returns;
    private final FileDesk files;
    private final Commits commits;

    Recovery(
            Project project, DeployDesk desk, ReturnDesk returns, FileDesk files, Commits commits) {
        this.project = project;
        this.desk = desk;
        this.returns = returns;
        this.files = files;
        this.commits = commits;
    }

    /**
     * Settles what is open; a line for each. {@code personas} finds the persona whose shift it was.
     */
    public List<String> settle(Function<String, Optional<Persona>> personas) {
        var settled = new ArrayList<String>();
        for (Stamped intent : project.state().openIntents()) {
            settled.add(
                    "entry "
                            + intent.index()
                            + ": "
                            + pen(intent.shift(), personas)
                                    .map(pen -> settle(pen, intent))
                                    .orElse("its persona is unknown now"));
        }
        for (Returns.Back back : project.state().returns().unfinished()) {
            settled.add(back.begun().id() + ": " + settle(back, personas));
        }
        for (Deployment deployment : project.state().all()) {
            settle(deployment, personas)
                    .ifPresent(how -> settled.add(deployment.id() + ": " + how));
        }
        return settled;
    }

    /** A pen for the shift, as its persona, which acts no more. */
    private Optional<Pen> pen(Optional<ShiftId> id, Function<String, Optional<Persona>> personas) {
        Optional<ShiftState> shift = id.flatMap(project.state()::shift);
        return shift.flatMap(s -> personas.apply(s.persona().value()))
                .map(persona -> {
                    var caller = new Caller(shift.get().principal(), persona, false, "recovery");
                    return new Pen(project, caller, shift.get().id());
                });
    }

    private String settle(Pen pen, Stamped intent) {
        return project.alone(() ->
                switch (intent.event()) {
                    case Event.FileIntended e -> files.settle(pen, intent.index(), e);
                    case Event.CommitIntended e -> commits.settle(pen, intent, e);
                    default -> throw new IllegalStateException("no intent: " + intent);
                });
    }

    /** A return is carried to its end, by whomever it was begun. */
    private String settle(Returns.Back back, Function<String, Optional<Persona>> personas) {
        PeopleEvent.ReturnStarted begun = back.begun();
        Optional<Persona> persona = personas.apply("deploy");
        if (persona.isEmpty() || project.settings().environment(begun.environment()).isEmpty()) {
            return "cannot be settled: its environment or persona is unknown now";
        }
        Pen pen =
                pen(back.entry().shift(), personas)
                        .orElseGet(() ->
                                returns.penOf(
                                        new Caller(
                                                back.entry().principal(),
                                                persona.get(),
                                                false,
                                                "recovery")));
        DeployGrant grant = Returning.again(begun, returns.planOf(begun));
        return returns.again(pen, begun, grant, back.progress()).end().state();
    }

    private Optional<String> settle(
            Deployment deployment, Function<String, Optional<Persona>> personas) {
        Optional<Event.DeployFinished> end = deployment.finished();
        boolean told =
                end.isPresent()
                        && deployment
                                .shift()
                                .flatMap(project.state()::shift)
                                .filter(ShiftState::open)
                                .isEmpty();
        if (told) {
            return Optional.empty();
        }
        Optional<DeployPlan> plan = project.state().plan(deployment.plan());
        boolean known =
                plan.filter(p -> project.settings().environment(p.environment()).isPresent())
                        .isPresent();
        Optional<Pen> pen = pen(deployment.shift(), personas);
        if (!known || pen.isEmpty()) {
            return Optional.of(
                    "cannot be settled: its plan, environment or persona is unknown now");
        }
        if (end.isEmpty()) {
            DeployGrant grant = Deploying.again(plan.get(), deployment.id(), deployment.fence());
            return Optional.of(desk.recover(pen.get(), plan.get(), deployment, grant).state());
        }
        if (DeployDesk.isWrittenDown(pen.get(), end.get())) {
            return Optional.empty();
        }
        desk.writeDown(pen.get(), plan.get(), end.get());
        return Optional.of("its end is in the ledger now");
    }
}
