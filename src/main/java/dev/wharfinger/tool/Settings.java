package dev.wharfinger.tool;

import static dev.wharfinger.approval.ApprovalSettings.Presence.ANY;
import static dev.wharfinger.approval.ApprovalSettings.Presence.REQUIRED;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.SmokeCheck;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What {@code wharf.yaml} says, as far as tools need it.
 *
 * @param configured whether there is a {@code wharf.yaml} at all
 * @param approvals who decides, by environment, where it is declared
 * @param ignored globs of files that are left out of the source digest, beside the ledger
 * @param url where people reach the server, if it has one that they reach
 * @param mayDiffer what may differ between an environment and the one before it
 * @param monitoring the monitoring's own address, which must answer
 */
public record Settings(
        boolean configured,
        String project,
        LedgerPaths ledger,
        Optional<BuildSettings> build,
        SequencedMap<String, EnvironmentSettings> environments,
        SequencedMap<String, ApprovalSettings> approvals,
        SequencedMap<GateId, GateSettings> gates,
        List<String> ignored,
        Duration planExpiry,
        Optional<URI> url,
        List<String> mayDiffer,
        Optional<SmokeCheck> monitoring) {
    private static final String PRODUCTION = "production";
    private static final ApprovalSettings ONE_PERSON =
            new ApprovalSettings(1, REQUIRED, Duration.ofHours(1), List.of(), false);
    private static final ApprovalSettings NOBODY =
            new ApprovalSettings(0, REQUIRED, Duration.ofHours(1), List.of(), false);

    public Settings {
        environments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environments));
        approvals = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(approvals));
        gates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gates));
        ignored = List.copyOf(ignored);
        mayDiffer = List.copyOf(mayDiffer);
    }

    /** What is declared for a gate, if anything. */
    public Optional<GateSettings> gate(GateId id) {
        return Optional.ofNullable(gates.get(id));
    }

    /**
     * Who decides about plans for this environment: as declared, else one person where it comes
     * after another one or is named production. Nothing declared never means that an agent may go
     * there by itself.
     */
    public ApprovalSettings people(String environment) {
        boolean after = environment(environment).filter(e -> e.after().isPresent()).isPresent();
        return Optional.ofNullable(approvals.get(environment))
                .orElse(after || environment.equals(PRODUCTION) ? ONE_PERSON : NOBODY);
    }

    /** The same for a plan; a hotfix is never decided by nobody. */
    public ApprovalSettings people(String environment, boolean hotfix) {
        ApprovalSettings settings = people(environment);
        boolean after = environment(environment).filter(e -> e.after().isPresent()).isPresent();
        return hotfix && after && settings.count() == 0 ? ONE_PERSON : settings;
    }

    /** Whether people decide about plans for this environment. */
    public boolean needsPeople(String environment) {
        return people(environment).count() > 0;
    }

    /**
     * Who decides what is no environment's: as many as the strictest environment asks, and at least
     * one.
     */
    public ApprovalSettings strictest() {
        List<ApprovalSettings> all = environments.keySet().stream().map(this::people).toList();
        int count = all.stream().mapToInt(ApprovalSettings::count).max().orElse(1);
        List<ApprovalSettings> asking = all.stream().filter(one -> one.count() > 0).toList();
        boolean any = !asking.isEmpty() && asking.stream().allMatch(one -> one.presence() == ANY);
        boolean everybody = asking.stream().anyMatch(one -> one.from().isEmpty());
        List<String> from =
                everybody
                        ? List.of()
                        : asking.stream().flatMap(one -> one.from().stream()).distinct().toList();
        return new ApprovalSettings(
                Math.max(1, count),
                any ? ANY : REQUIRED,
                asking.stream()
                        .map(ApprovalSettings::expire)
                        .min(Comparator.naturalOrder())
                        .orElse(ONE_PERSON.expire()),
                from,
                asking.stream().anyMatch(ApprovalSettings::fourEyes));
    }

    /** The environment of that name. */
    public Optional<EnvironmentSettings> environment(String name) {
        return Optional.ofNullable(environments.get(name));
    }
}
