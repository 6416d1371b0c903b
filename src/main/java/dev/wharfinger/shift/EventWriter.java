package dev.wharfinger.shift;

import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.Optional;

/** Writes an event's own members behind those that every entry has. */
record EventWriter(ObjectNode line) {
    void write(Event event) {
        switch (event) {
            case Event.KeeperStarted e ->
                    line.put("version", e.version())
                            .put("enforcement", e.enforcement())
                            .put("runner", e.runner())
                            .put("wall", e.wall());
            case Event.JournalCut e -> line.put("bytes", e.bytes());
            case Event.DiskFull _ -> {}
            case Event.PolicyAccepted e -> policy(e);
            case Event.ShiftBegun e -> begun(e);
            case Event.ShiftResumed e -> paths("listed", e.listed());
            case Event.PathsListed e -> {
                paths("folders", e.folders());
                paths("paths", e.paths());
            }
            case Event.FileRead e -> {
                file(e.path(), e.hash());
                maybe("facts", e.facts());
            }
            case Event.CallRefused e -> {
                line.put("tool", e.tool());
                texts("rules", e.rules());
                line.put("key", e.key()).put("seen", e.seen()).put("reason", e.reason());
            }
            case Event.NoteRecorded e -> {
                line.put("kind", e.kind());
                maybe("id", e.id());
                line.put("none", e.none());
            }
            case Event.ItemStated e -> line.put("item", e.item()).put("how", e.how());
            case Event.ScopeChecked e -> {
                line.put("request", e.request()).put("verdict", e.verdict());
                maybe("raid", e.raid());
            }
            case Event.VersionVerified e -> {
                line.put("name", e.name());
                maybe("version", e.version());
                line.put("found", e.found());
            }
            default -> files(event);
        }
    }

    /** Writes and commits: what is intended, and what came of it. */
    private void files(Event event) {
        switch (event) {
            case Event.FileIntended e -> {
                file(e.path(), e.hash());
                maybe("before", e.before().map(ContentHash::hex));
                line.put("tool", e.tool());
                row(e.row());
            }
            case Event.FileWritten e -> {
                file(e.path(), e.hash());
                maybe("before", e.before().map(ContentHash::hex));
                maybe("facts", e.facts());
                line.put("tool", e.tool());
                row(e.row());
            }
            case Event.CommitIntended e -> {
                line.put("onto", e.onto().sha());
                paths("paths", e.paths());
            }
            case Event.CommitMade e -> {
                line.put("commit", e.commit().sha());
                paths("paths", e.paths());
            }
            case Event.IntentDropped e -> line.put("intent", e.intent());
            default -> work(event);
        }
    }

    /** Proofs, plans, deployments and ends. */
    private void work(Event event) {
        switch (event) {
            case Event.ProofRecorded e -> proof(e);
            case Event.StatusMoved e -> line.put("command", e.command()).put("word", e.word());
            case Event.ArtifactBuilt e -> {
                line.put("commit", e.commit().sha());
                maybe("artifact", e.artifact());
                line.put("detail", e.detail());
            }
            case Event.PlanMade e -> plan(e.plan());
            case Event.DeployStarted e -> {
                line.put("deployment", e.deployment())
                        .put("plan", e.plan().value())
                        .put("environment", e.environment())
                        .put("fence", e.fence());
                texts("nonces", e.nonces());
            }
            case Event.DeployStep e -> step(e);
            case Event.DeployFinished e -> finished(e);
            case Event.SmokeRan e -> {
                line.put("environment", e.environment());
                maybe("artifact", e.artifact());
                line.put("passed", e.passed());
                texts("results", e.results());
            }
            case Event.PhaseDone e -> line.put("phase", e.number()).put("output", e.output());
            case Event.OutcomeObserved e ->
                    line.put("outcome", e.outcome()).put("detail", e.detail());
            case Event.ShiftEnded e -> {
                line.put("outcome", e.outcome()).put("next", e.next());
                texts("unverified", e.unverified());
            }
            default -> people(event);
        }
    }

    /** What people were asked and decided, and returns. */
    private void people(Event event) {
        switch (event) {
            case PeopleEvent.DecisionAsked e -> {
                line.put("id", e.id()).put("kind", e.kind());
                maybe("environment", e.environment());
                line.put("digest", e.digest()).put("title", e.title());
                texts("lines", e.lines());
                line.put("expires", e.expires().toString());
            }
            case PeopleEvent.DecisionMade e -> {
                line.put("id", e.id())
                        .put("kind", e.kind())
                        .put("approved", e.approved())
                        .put("approver", e.approver())
                        .put("touched", e.touched())
                        .put("nonce", e.nonce())
                        .put("expires", e.expires().toString())
                        .put("text", e.text())
                        .put("signature", e.signature());
                maybe("reason", e.reason());
            }
            case PeopleEvent.DecisionSpent e -> {
                line.put("id", e.id());
                texts("nonces", e.nonces());
            }
            case PeopleEvent.ForeignSeen e -> {
                line.put("environment", e.environment());
                maybe("what", e.what());
            }
            case PeopleEvent.ReturnStarted e -> {
                line.put("id", e.id())
                        .put("environment", e.environment())
                        .put("undone", e.undone());
                release("from", e.from());
                e.to().ifPresent(to -> release("to", to));
                line.put("fence", e.fence()).put("reason", e.reason());
            }
            case PeopleEvent.ReturnFinished e -> {
                line.put("id", e.id())
                        .put("environment", e.environment())
                        .put("state", e.state())
                        .put("detail", e.detail());
                e.runs().ifPresent(runs -> release("runs", runs));
                line.put("millis", e.millis());
            }
            default -> throw new IllegalStateException("no writer for " + event);
        }
    }

    private void policy(Event.PolicyAccepted e) {
        line.put("digest", e.digest());
        var files = line.putArray("files");
        for (Event.RuleFile file : e.files()) {
            files.addObject().put("path", file.path()).put("sha256", file.hash().hex());
        }
    }

    private void begun(Event.ShiftBegun e) {
        line.put("request", e.request());
        maybe("version", e.version());
        maybe("environment", e.environment());
        line.put("hotfix", e.hotfix()).put("scope", e.scope());
        paths("listed", e.listed());
        line.put("enforcement", e.enforcement());
    }

    private void proof(Event.ProofRecorded e) {
        line.put("gate", e.gate().value())
                .put("source", e.of().hex())
                .put("commit", e.commit().sha())
                .put("strength", e.strength().text())
                .put("passed", e.passed())
                .put("good", e.good())
                .put("bad", e.bad())
                .put("summary", e.summary());
        texts("reports", e.reports().stream().map(ContentHash::hex).toList());
    }

    private void plan(DeployPlan plan) {
        line.put("plan", plan.id().value())
                .put("digest", plan.digest())
                .put("environment", plan.environment())
                .put("version", plan.version())
                .put("commit", plan.commit().sha())
                .put("source", plan.source().hex())
                .put("artifact", plan.artifact());
        var gates = line.putArray("gates");
        for (DeployPlan.PlannedGate gate : plan.gates()) {
            ObjectNode node =
                    gates.addObject().put("gate", gate.gate()).put("verdict", gate.verdict());
            gate.proof().ifPresent(index -> node.put("proof", index));
        }
        var readings = line.putArray("readings");
        for (DeployPlan.PlannedReading reading : plan.readings()) {
            readings.addObject()
                    .put("path", reading.path().toString())
                    .put("sha256", reading.hash().hex());
        }
        plan.rollback().ifPresent(release -> release("rollback", release));
        line.put("policy", plan.policy())
                .put("hotfix", plan.hotfix())
                .put("expires", plan.expires().toString());
    }

    private void step(Event.DeployStep e) {
        line.put("deployment", e.step().deployment())
                .put("fence", e.step().fence())
                .put("way", e.step().way().text())
                .put("phase", e.step().phase())
                .put("detail", e.step().detail())
                .put("done", e.done());
    }

    private void finished(Event.DeployFinished e) {
        line.put("deployment", e.deployment())
                .put("plan", e.plan().value())
                .put("environment", e.environment())
                .put("state", e.state())
                .put("detail", e.detail());
        maybe("outcome", e.outcome());
        e.runs().ifPresent(release -> release("runs", release));
        texts("smoke", e.smoke());
        maybe("url", e.url());
        ArrayNode phases = line.putArray("phases");
        for (PhaseTime phase : e.phases()) {
            phases.addObject()
                    .put("phase", phase.phase())
                    .put("way", phase.way().text())
                    .put("millis", phase.took().toMillis());
        }
    }

    private void release(String name, ReleaseRecord release) {
        line.putObject(name)
                .put("artifact", release.artifact())
                .put("version", release.version())
                .put("commit", release.commit().sha())
                .put("deployment", release.deployment());
    }

    private void file(WorkspacePath path, ContentHash hash) {
        line.put("path", path.toString()).put("sha256", hash.hex());
    }

    private void row(Optional<Event.Row> row) {
        maybe("row", row.map(Event.Row::name));
        maybe("id", row.flatMap(Event.Row::id));
    }

    private void maybe(String name, Optional<String> value) {
        value.ifPresent(text -> line.put(name, text));
    }

    private void texts(String name, Collection<String> values) {
        var array = line.putArray(name);
        values.forEach(array::add);
    }

    private void paths(String name, Collection<WorkspacePath> values) {
        texts(name, values.stream().map(WorkspacePath::toString).toList());
    }
}
