package dev.wharfinger.tool;

import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What {@code wharf.yaml} says, as far as tools need it.
 *
 * @param configured whether there is a {@code wharf.yaml} at all
 * @param decidedByPeople the environments that need approvals
 * @param ignored globs of files that are left out of the source digest, beside the ledger
 */
public record Settings(
        boolean configured,
        String project,
        LedgerPaths ledger,
        Optional<BuildSettings> build,
        SequencedMap<String, EnvironmentSettings> environments,
        SequencedSet<String> decidedByPeople,
        SequencedMap<GateId, GateSettings> gates,
        List<String> ignored,
        Duration planExpiry) {
    private static final String PRODUCTION = "production";

    public Settings {
        environments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environments));
        decidedByPeople =
                Collections.unmodifiableSequencedSet(new LinkedHashSet<>(decidedByPeople));
        gates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gates));
        ignored = List.copyOf(ignored);
    }

    /** What is declared for a gate, if anything. */
    public Optional<GateSettings> gate(GateId id) {
        return Optional.ofNullable(gates.get(id));
    }

    /**
     * Whether people decide about this environment: it declares approvals, comes after another one,
     * or is named production. Nothing declared never means that an agent may go there by itself.
     */
    public boolean needsPeople(String environment) {
        boolean after = environment(environment).filter(e -> e.after().isPresent()).isPresent();
        return after || environment.equals(PRODUCTION) || decidedByPeople.contains(environment);
    }

    /** The environment of that name. */
    public Optional<EnvironmentSettings> environment(String name) {
        return Optional.ofNullable(environments.get(name));
    }
}
