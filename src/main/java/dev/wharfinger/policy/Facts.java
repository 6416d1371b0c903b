package dev.wharfinger.policy;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Deployment;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/**
 * Everything that decides about one shift, gathered at one moment. Whoever asks policy collects it;
 * policy itself touches nothing.
 *
 * @param gates as they stand for the environment in question; empty where nobody asked yet
 * @param versions that the commit in question really has: its tags and its manifest's version
 * @param environments as configured, in their order
 * @param plan the one whose deployment has begun and not ended, else the shift's last that has not
 *     expired and whose environment is still declared
 * @param deployment what was made of that plan
 */
public record Facts(
        Persona persona,
        ShiftState shift,
        Readings readings,
        Rules rules,
        Optional<String> environment,
        List<GateState> gates,
        List<String> versions,
        List<String> environments,
        Optional<DeployPlan> plan,
        Optional<Deployment> deployment) {
    public Facts {
        gates = List.copyOf(gates);
        versions = List.copyOf(versions);
        environments = List.copyOf(environments);
    }

    /** How the files that every shift must know stand with this one. */
    public record Readings(
            WorkspacePath planPath,
            Reading plan,
            WorkspacePath handoffPath,
            Reading handoff,
            Optional<WorkspacePath> skillPath,
            Reading skill) {}

    /** The same, of a commit that has these versions. */
    public Facts withVersions(List<String> others) {
        return new Facts(
                persona,
                shift,
                readings,
                rules,
                environment,
                gates,
                others,
                environments,
                plan,
                deployment);
    }

    /** The same, with an environment in question and how its gates stand. */
    public Facts withGates(String asked, List<GateState> states) {
        return new Facts(
                persona,
                shift,
                readings,
                rules,
                Optional.of(asked),
                states,
                versions,
                environments,
                plan,
                deployment);
    }

    /** Whether this persona deploys, as opposed to proving something or working in lanes. */
    public boolean deploys() {
        return persona.deploys();
    }

    /** The gates that are shut. */
    public List<GateState> shut() {
        return gates.stream().filter(gate -> !gate.passable()).toList();
    }
}
