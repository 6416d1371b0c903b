package dev.wharfinger.shift;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.SourceDigest;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * All state of one project: the fold of its journal. One writer applies events in the order of
 * their index; readers see each part as it stands, and whoever decides holds the project's lock.
 */
public final class ProjectState {
    /** So many ended shifts can still be asked for; the journal has them all. */
    private static final int ENDED_KEPT = 20;

    private final Map<ShiftId, ShiftState> shifts = new ConcurrentHashMap<>();
    private final Map<PlanId, Stamped> plans = new ConcurrentHashMap<>();
    private final Map<String, Deployment> deployments =
            Collections.synchronizedMap(new LinkedHashMap<>());
    private final Running running = new Running();
    private final Map<String, Event.SmokeRan> smoke = new ConcurrentHashMap<>();
    private final Map<String, Stamped> proofs = new ConcurrentHashMap<>();
    private final Map<CommitId, Event.ArtifactBuilt> artifacts = new ConcurrentHashMap<>();
    private final Intents intents = new Intents();
    private final DecisionBook decisions = new DecisionBook();
    private final Returns returns = new Returns();
    private final Creeps creeps = new Creeps();
    private final Set<ShiftId> open = ConcurrentHashMap.newKeySet();
    private final Deque<Ended> ended = new ConcurrentLinkedDeque<>();
    private final KeptLines kept = new KeptLines();
    private volatile Optional<Event.PolicyAccepted> policy = Optional.empty();
    private volatile long size;
    private volatile Instant latest = Instant.MIN;

    /** An ended shift, and the entries with which it began and ended. */
    private record Ended(ShiftId shift, long began, long ended) {}

    /** The number of entries folded so far. */
    public long size() {
        return size;
    }

    /** Takes in the next entry. {@code line} is kept for as long as the state rests on it. */
    public void apply(Stamped entry, String line) {
        if (entry.index() < size) {
            throw new IllegalArgumentException("entry " + entry.index() + " comes twice");
        }
        apply(entry);
        intents.apply(entry).forEach(kept::settled);
        decisions.apply(entry);
        returns.apply(entry);
        creeps.apply(entry);
        kept.keep(entry, line);
        if (entry.event() instanceof Event.ShiftEnded) {
            entry.shift().flatMap(this::shift).ifPresent(shift -> forget(shift, entry.index()));
        }
        saw(entry.at());
        size = entry.index() + 1;
    }

    /** After a snapshot: the entries up to here are folded, also those that left nothing behind. */
    public void reached(long entries) {
        size = Math.max(size, entries);
    }

    /** The latest time that any entry claims; before the first it is {@link Instant#MIN}. */
    public Instant latest() {
        return latest;
    }

    /** After a snapshot: a dropped entry was as late as this. */
    public void saw(Instant time) {
        if (time.isAfter(latest)) {
            latest = time;
        }
    }

    /** No switch over types, as in all that folds: one costs milliseconds of a first answer. */
    private void apply(Stamped entry) {
        Event event = entry.event();
        if (event instanceof Event.PolicyAccepted e) {
            policy = Optional.of(e);
        } else if (event instanceof Event.ShiftBegun e) {
            put(ShiftState.begun(entry.shift().orElseThrow(), entry, e));
        } else if (event instanceof Event.ArtifactBuilt e) {
            artifacts.put(e.commit(), e);
        } else if (event instanceof Event.DeployStarted e) {
            var shift = entry.shift().flatMap(this::shift);
            deployments.put(e.deployment(), Deployment.begun(entry, e, shift));
        } else if (event instanceof Event.DeployStep e) {
            deployments.computeIfPresent(e.step().deployment(), (id, known) -> known.with(e));
        } else {
            applyForAll(entry);
            own(entry);
        }
    }

    /** What it means beyond its own shift, if anything. */
    private void applyForAll(Stamped entry) {
        Event event = entry.event();
        if (event instanceof Event.FileWritten e) {
            openShifts().forEach(shift -> put(shift.carried(e)));
        } else if (event instanceof Event.ProofRecorded e) {
            proofs.put(e.gate().value() + " " + e.of().hex(), entry);
        } else if (event instanceof Event.PlanMade e) {
            plans.put(e.plan().id(), entry);
        } else if (event instanceof Event.DeployFinished e) {
            deployments.computeIfPresent(e.deployment(), (id, known) -> known.with(e));
            running.observed(e.environment(), e.runs(), entry.at());
        } else if (event instanceof PeopleEvent.ReturnFinished e) {
            running.observed(e.environment(), e.runs(), entry.at());
        } else if (event instanceof Event.SmokeRan e) {
            smoke.put(e.environment(), e);
        }
    }

    private void own(Stamped entry) {
        entry.shift().flatMap(this::shift).ifPresent(shift -> put(shift.after(entry.event())));
    }

    private void put(ShiftState shift) {
        shifts.put(shift.id(), shift);
        if (shift.open()) {
            open.add(shift.id());
        } else {
            open.remove(shift.id());
        }
    }

    /** The oldest of those that ended is forgotten, once too many are known. */
    private void forget(ShiftState shift, long end) {
        kept.ended(shift.id(), open.isEmpty());
        ended.addLast(new Ended(shift.id(), shift.began(), end));
        if (ended.size() > ENDED_KEPT && !isAwaited(ended.getFirst().shift())) {
            Ended oldest = ended.removeFirst();
            shifts.remove(oldest.shift());
            kept.drop(oldest.began());
            kept.drop(oldest.ended());
        }
    }

    /** Whether something that this shift began is not known to have ended. */
    private boolean isAwaited(ShiftId id) {
        var shift = Optional.of(id);
        return intents.open().stream().anyMatch(intent -> intent.shift().equals(shift))
                || unfinished().stream().anyMatch(running -> running.shift().equals(shift));
    }

    /** The lines that fold to this state, each behind its index, for a snapshot. */
    public List<String> lines() {
        return kept.lines();
    }

    /** The shift of this id. */
    public Optional<ShiftState> shift(ShiftId id) {
        return Optional.ofNullable(shifts.get(id));
    }

    /** The open shifts, oldest first. */
    public List<ShiftState> openShifts() {
        return open.stream()
                .map(shifts::get)
                .filter(Objects::nonNull)
                .sorted(java.util.Comparator.comparingLong(ShiftState::began))
                .toList();
    }

    /** The open shift of this persona and principal, if there is one. */
    public Optional<ShiftState> openShift(PersonaName persona, Principal principal) {
        return openShifts().stream()
                .filter(shift ->
                        shift.persona().equals(persona) && shift.principal().equals(principal))
                .findFirst();
    }

    /** The last proof of this gate for these sources, passed or not, as it was recorded. */
    public Optional<Stamped> proof(GateId gate, SourceDigest of) {
        return Optional.ofNullable(proofs.get(gate.value() + " " + of.hex()));
    }

    /** The last proof of this gate for whatever sources, to say what is proved instead. */
    public Optional<Stamped> lastProof(GateId gate) {
        return proofs.values().stream()
                .filter(entry ->
                        entry.event() instanceof Event.ProofRecorded proof
                                && proof.gate().equals(gate))
                .max(java.util.Comparator.comparingLong(Stamped::index));
    }

    /** The plan of this id. */
    public Optional<DeployPlan> plan(PlanId id) {
        return planned(id).map(entry -> ((Event.PlanMade) entry.event()).plan());
    }

    /** The entry that made this plan: who asked for it, when, in which shift. */
    public Optional<Stamped> planned(PlanId id) {
        return Optional.ofNullable(plans.get(id));
    }

    /** Every plan that was made, oldest first. */
    public List<DeployPlan> plans() {
        return plans.values().stream()
                .sorted(java.util.Comparator.comparingLong(Stamped::index))
                .map(entry -> ((Event.PlanMade) entry.event()).plan())
                .toList();
    }

    /** The deployment that carried out this plan, if one was begun: one plan has one effect. */
    public Optional<Deployment> deploymentOf(PlanId plan) {
        return all().stream().filter(deployment -> deployment.plan().equals(plan)).findFirst();
    }

    /** Every deployment, oldest first. */
    public Collection<Deployment> all() {
        synchronized (deployments) {
            return List.copyOf(deployments.values());
        }
    }

    /** The deployments whose end is not written yet. */
    public List<Deployment> unfinished() {
        return all().stream().filter(Deployment::running).toList();
    }

    /** What our own deployments left running there. */
    public Optional<ReleaseRecord> runs(String environment) {
        return running.in(environment);
    }

    /** Since when these bytes run there. */
    public Optional<Instant> runsSince(String environment) {
        return running.since(environment);
    }

    /** The last smoke tests there. */
    public Optional<Event.SmokeRan> smoke(String environment) {
        return Optional.ofNullable(smoke.get(environment));
    }

    /** What was built from this commit. */
    public Optional<Event.ArtifactBuilt> artifact(CommitId commit) {
        return Optional.ofNullable(artifacts.get(commit));
    }

    /** Writes and commits that were intended, and of which it is not known what came of them. */
    public List<Stamped> openIntents() {
        return intents.open();
    }

    /** The ledger row of that name, if this open shift has written it. */
    public Optional<Event.Row> row(ShiftId shift, String name) {
        return intents.row(shift, name);
    }

    /** The returns to what ran before. */
    public Returns returns() {
        return returns;
    }

    /** What open shifts were asked for that the charter leaves out. */
    public Creeps creeps() {
        return creeps;
    }

    /** What people were asked and what they decided. */
    public DecisionBook decisions() {
        return decisions;
    }

    /** The rules as a person last accepted them. */
    public Optional<Event.PolicyAccepted> policy() {
        return policy;
    }
}
