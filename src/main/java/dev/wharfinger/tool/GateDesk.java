package dev.wharfinger.tool;

import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.GateState;
import dev.wharfinger.policy.Gates;
import dev.wharfinger.policy.HotfixDebt;
import dev.wharfinger.policy.ProvedGate;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.proof.SecretFinding;
import dev.wharfinger.proof.Secrets;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gathers what decides about each gate: PLAN.md's claims, the journal's proofs, the commit, the
 * target.
 */
final class GateDesk {
    private final Project project;
    private final Library library;
    private final Sources sources;
    private final Rollbacks rollbacks;
    private final Lookout lookout;
    private final ReleaseDesk releases;
    private final Map<CommitId, List<String>> scans = new ConcurrentHashMap<>();

    GateDesk(
            Project project,
            Library library,
            Sources sources,
            Rollbacks rollbacks,
            Lookout lookout) {
        this.project = project;
        this.library = library;
        this.sources = sources;
        this.rollbacks = rollbacks;
        this.lookout = lookout;
        this.releases = new ReleaseDesk(project);
    }

    /** Every gate that holds a plan for this environment back, as it stands for this commit. */
    List<GateState> states(Persona persona, ShiftState shift, String environment, CommitId commit) {
        return states(persona, shift, environment, commit, Optional.empty(), false);
    }

    /**
     * The same.
     *
     * @param unusable why the command of CI, which has just run, gave no usable report
     * @param hotfix whether people are asked to let it go without waiting
     */
    List<GateState> states(
            Persona persona,
            ShiftState shift,
            String environment,
            CommitId commit,
            Optional<String> unusable,
            boolean hotfix) {
        SourceDigest digest = sources.digest(commit);
        var gates = new Gates(persona);
        Optional<Plan> plan =
                library.readable(project.settings().ledger().plan())
                        .map(file -> Plan.parse(file.path().toString(), file.bytes()));
        EnvironmentSettings settings = project.settings().environment(environment).orElseThrow();
        var states = new ArrayList<GateState>();
        boolean after = settings.after().isPresent();
        ProvedGate test = proved(GateId.TEST, digest, plan);
        states.add((hotfix && after ? test.presented() : test).judge(persona, shift.id()));
        states.add(proved(GateId.SECURITY, digest, plan).judge(persona, shift.id()));
        if (after) {
            states.add(proved(GateId.UX, digest, plan).judge(persona, shift.id()));
        }
        states.add(declared(gates, GateId.CI, digest, unusable));
        states.add(variables(gates, settings));
        states.add(gates.secrets(secrets(commit)));
        states.add(rollback(gates, settings));
        states.addAll(releases.states(persona, settings, commit, hotfix));
        return states;
    }

    /** These refusals, with where a person decides about what nobody explains. */
    List<Refusal> asking(Pen pen, String environment, List<Refusal> no) {
        return lookout.asking(pen, project.settings().environment(environment).orElseThrow(), no);
    }

    /** What a hotfix owes and has not paid in time. */
    Optional<Refusal> overdue() {
        return releases.debts().stream()
                .filter(debt -> debt.isOverdue(project.now()))
                .map(HotfixDebt::refusal)
                .findFirst();
    }

    private ProvedGate proved(GateId id, SourceDigest digest, Optional<Plan> plan) {
        Optional<GateSettings> settings = project.settings().gate(id);
        var claim =
                plan.flatMap(p -> p.row("/" + id.value()))
                        .map(row ->
                                new ProvedGate.Claim(
                                        row.raw(), row.status(), Optional.of(row.source())))
                        .orElse(ProvedGate.Claim.NONE);
        return new ProvedGate(
                id,
                settings.map(GateSettings::applies).orElse(true),
                settings.flatMap(GateSettings::because).orElse(""),
                settings.flatMap(GateSettings::command).isPresent(),
                settings.map(GateSettings::least).orElse(Strength.OBSERVED),
                claim,
                project.state().proof(id, digest),
                project.state().lastProof(id));
    }

    private GateState declared(
            Gates gates, GateId id, SourceDigest digest, Optional<String> unusable) {
        Optional<GateSettings> settings = project.settings().gate(id);
        return gates.declared(
                id,
                settings.map(GateSettings::applies).orElse(true),
                settings.flatMap(GateSettings::because).orElse(""),
                settings.flatMap(GateSettings::command).isPresent(),
                unusable,
                project.state().proof(id, digest));
    }

    private GateState variables(Gates gates, EnvironmentSettings settings) {
        List<String> missing =
                settings.variables().stream()
                        .filter(name -> !project.environment().containsKey(name))
                        .toList();
        return gates.variables(settings.variables(), missing);
    }

    /** The places of secrets in a commit; scanned once a commit. */
    private List<String> secrets(CommitId commit) {
        return scans.computeIfAbsent(commit, this::scan);
    }

    private List<String> scan(CommitId commit) {
        List<String> allow =
                project.settings().gate(GateId.SECRETS).map(GateSettings::allow).orElse(List.of());
        return Secrets.scan(sources.git(), commit, allow).stream()
                .map(SecretFinding::text)
                .toList();
    }

    private GateState rollback(Gates gates, EnvironmentSettings settings) {
        Optional<String> foreign =
                lookout.look(settings)
                        .filter(_ -> settings.after().isPresent())
                        .filter(what -> !lookout.isAccepted(settings.name().value(), what));
        if (foreign.isPresent()) {
            return gates.unexplained(foreign.get());
        }
        Optional<ReleaseRecord> before = project.state().runs(settings.name().value());
        return gates.rollbackReady(
                before.map(ReleaseRecord::version), rollbacks.problem(settings, before));
    }

    /** The facts with the gates of the environment that the shift is about, to say who is next. */
    Facts withGates(Facts facts) {
        if (!facts.deploys() || facts.environments().isEmpty() || facts.shift().deployed()) {
            return facts;
        }
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return facts;
        }
        String environment =
                facts.shift()
                        .beginning()
                        .environment()
                        .filter(facts.environments()::contains)
                        .orElse(facts.environments().getFirst());
        return facts.withGates(
                environment, states(facts.persona(), facts.shift(), environment, head.get()));
    }

    /** One more than any fence that the journal or the target has seen. */
    long nextFence(String environment) {
        long journal = project.state().all().stream().mapToLong(d -> d.fence()).max().orElse(0);
        long seen = rollbacks.lastFence(project.settings().environment(environment).orElseThrow());
        return 1 + Math.max(Math.max(journal, project.state().returns().lastFence()), seen);
    }

    /** Whether the plan's commit is still HEAD's sources, byte for byte. */
    boolean sameSources(DeployPlan plan) {
        return sources.head().map(sources::digest).filter(plan.source()::equals).isPresent();
    }

    /** Whether the plan's artifact is there and has its digest. */
    boolean artifactWhole(DeployPlan plan) {
        return rollbacks.artifactWhole(plan.commit(), plan.artifact());
    }

    /** Whether a proof of this gate for these sources passed. */
    boolean passed(GateId id, SourceDigest digest) {
        return project.state()
                .proof(id, digest)
                .map(Stamped::event)
                .filter(e -> ((Event.ProofRecorded) e).passed())
                .isPresent();
    }
}
