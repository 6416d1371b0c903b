package dev.wharfinger.tool;

import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.Parity;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.HotfixDebt;
import dev.wharfinger.policy.ProductionGates;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what decides about the gates of an environment that follows another: what ran there, how
 * the two are configured, the time.
 */
record ReleaseDesk(Project project) {
    /** The gates beside those that every environment has. */
    List<GateState> states(
            Persona persona, EnvironmentSettings environment, CommitId commit, boolean hotfix) {
        var gates = new ProductionGates(persona, hotfix && environment.after().isPresent());
        var states = new ArrayList<GateState>();
        Optional<EnvironmentSettings> before =
                environment
                        .after()
                        .map(EnvironmentName::value)
                        .flatMap(project.settings()::environment);
        if (before.isPresent()) {
            String name = before.get().name().value();
            var known =
                    new ProductionGates.Before(
                            name,
                            project.state().runs(name),
                            project.state().runsSince(name),
                            project.state().smoke(name));
            var parity = new Parity(project.settings().mayDiffer());
            states.add(gates.parity(name, parity.differences(before.get(), environment)));
            states.add(
                    gates.smoke(
                            known,
                            project.state()
                                    .artifact(commit)
                                    .flatMap(Event.ArtifactBuilt::artifact)));
            states.add(gates.monitoring(isWatched()));
            states.add(gates.bake(known, environment.bake(), project.now()));
        }
        if (before.isPresent() || !environment.freeze().isEmpty()) {
            states.add(gates.freeze(environment.freeze(), project.now()));
        }
        if (before.isPresent() || project.settings().needsPeople(environment.name().value())) {
            states.add(
                    gates.approval(project.settings().people(environment.name().value(), hotfix)));
        }
        return states;
    }

    private boolean isWatched() {
        return project.settings().monitoring().isPresent()
                || project.settings()
                        .gate(GateId.MONITORING)
                        .filter(gate -> !gate.applies() || gate.command().isPresent())
                        .isPresent();
    }

    /** Hotfixes that went live on less than a proof, and still have none. */
    List<HotfixDebt> debts() {
        return project.state().plans().stream()
                .filter(DeployPlan::hotfix)
                .filter(plan ->
                        project.settings()
                                .environment(plan.environment())
                                .flatMap(EnvironmentSettings::after)
                                .isPresent())
                .filter(plan ->
                        project.state()
                                .deploymentOf(plan.id())
                                .flatMap(deployment -> deployment.finished())
                                .filter(end -> end.state().equals("done"))
                                .isPresent())
                .flatMap(plan -> project.state().planned(plan.id()).stream())
                .filter(entry -> !isSettled(entry))
                .map(entry -> HotfixDebt.of(((Event.PlanMade) entry.event()).plan(), entry.at()))
                .toList();
    }

    /** A strong proof of the same sources settles it, or one of whatever came after. */
    private boolean isSettled(Stamped made) {
        DeployPlan plan = ((Event.PlanMade) made.event()).plan();
        Strength least =
                project.settings()
                        .gate(GateId.TEST)
                        .map(GateSettings::least)
                        .orElse(Strength.OBSERVED);
        return java.util.stream.Stream.concat(
                        project.state().proof(GateId.TEST, plan.source()).stream(),
                        project.state().lastProof(GateId.TEST).stream()
                                .filter(proof -> proof.index() > made.index()))
                .map(entry -> (Event.ProofRecorded) entry.event())
                .anyMatch(proof -> proof.passed() && proof.strength().reaches(least));
    }
}
