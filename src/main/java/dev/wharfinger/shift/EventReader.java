package dev.wharfinger.shift;

import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.deploy.Way;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an event's own members; the mirror of {@link EventWriter}. */
record EventReader(EventFields in) {
    Event read(String type) {
        return switch (type) {
            case "keeper.started" ->
                    new Event.KeeperStarted(
                            in.text("version"),
                            in.text("enforcement"),
                            in.text("runner"),
                            in.text("wall"));
            case "policy.accepted" -> policy();
            case "shift.begun" -> begun();
            case "path.listed" -> new Event.PathsListed(in.paths("folders"), in.paths("paths"));
            case "shift.resumed" -> new Event.ShiftResumed(in.paths("listed"));
            case "file.read" ->
                    new Event.FileRead(in.path("path"), in.hash("sha256"), in.maybe("facts"));
            case "call.refused" ->
                    new Event.CallRefused(
                            in.text("tool"),
                            in.texts("rules"),
                            in.text("key"),
                            in.count("seen"),
                            in.text("reason"));
            case "note.recorded" ->
                    new Event.NoteRecorded(in.text("kind"), in.maybe("id"), in.flag("none"));
            case "item.stated" -> new Event.ItemStated(in.text("item"), in.text("how"));
            case "scope.checked" ->
                    new Event.ScopeChecked(
                            in.text("request"), in.text("verdict"), in.maybe("raid"));
            case "version.verified" ->
                    new Event.VersionVerified(
                            in.text("name"), in.maybe("version"), in.flag("found"));
            case "proof.recorded" -> proof();
            case "status.moved" -> new Event.StatusMoved(in.text("command"), in.text("word"));
            case "artifact.built" ->
                    new Event.ArtifactBuilt(
                            in.commit("commit"), in.maybe("artifact"), in.text("detail"));
            case "plan.made" -> new Event.PlanMade(plan());
            case "phase.done" -> new Event.PhaseDone(in.count("phase"), in.text("output"));
            case "outcome.observed" ->
                    new Event.OutcomeObserved(in.text("outcome"), in.text("detail"));
            case "shift.ended" ->
                    new Event.ShiftEnded(
                            in.text("outcome"), in.text("next"), in.texts("unverified"));
            default -> files(type);
        };
    }

    /** Writes and commits: what is intended, and what came of it. */
    private Event files(String type) {
        return switch (type) {
            case "file.intended" ->
                    new Event.FileIntended(
                            in.path("path"),
                            in.hash("sha256"),
                            in.maybeHash("before"),
                            in.text("tool"),
                            row());
            case "file.written" ->
                    new Event.FileWritten(
                            in.path("path"),
                            in.hash("sha256"),
                            in.maybeHash("before"),
                            in.maybe("facts"),
                            in.text("tool"),
                            row());
            case "commit.intended" ->
                    new Event.CommitIntended(in.commit("onto"), in.paths("paths"));
            case "commit.made" -> new Event.CommitMade(in.commit("commit"), in.paths("paths"));
            case "intent.dropped" -> new Event.IntentDropped(in.number("intent"));
            default -> other(type);
        };
    }

    /** What the journal says of itself, and deployments. */
    private Event other(String type) {
        return switch (type) {
            case "journal.cut" -> new Event.JournalCut(in.number("bytes"));
            case "journal.disk-full" -> new Event.DiskFull();
            case "deploy.started" ->
                    new Event.DeployStarted(
                            in.text("deployment"),
                            new PlanId(in.text("plan")),
                            in.text("environment"),
                            in.number("fence"),
                            in.maybeTexts("nonces"));
            case "deploy.step" ->
                    new Event.DeployStep(
                            new StepEvent(
                                    in.text("deployment"),
                                    in.number("fence"),
                                    Way.of(in.text("way")),
                                    in.text("phase"),
                                    in.text("detail")),
                            in.flag("done"));
            case "deploy.finished" ->
                    new Event.DeployFinished(
                            in.text("deployment"),
                            new PlanId(in.text("plan")),
                            in.text("environment"),
                            in.text("state"),
                            in.text("detail"),
                            in.maybe("outcome"),
                            release("runs"),
                            in.texts("smoke"),
                            in.maybe("url"),
                            phases());
            case "smoke.ran" ->
                    new Event.SmokeRan(
                            in.text("environment"),
                            in.maybe("artifact"),
                            in.flag("passed"),
                            in.texts("results"));
            default -> people(type);
        };
    }

    /** What people were asked and decided, and returns. */
    private Event people(String type) {
        return switch (type) {
            case "decision.asked" ->
                    new PeopleEvent.DecisionAsked(
                            in.text("id"),
                            in.text("kind"),
                            in.maybe("environment"),
                            in.text("digest"),
                            in.text("title"),
                            in.texts("lines"),
                            in.instant("expires"));
            case "decision.made" ->
                    new PeopleEvent.DecisionMade(
                            in.text("id"),
                            in.text("kind"),
                            in.flag("approved"),
                            in.text("approver"),
                            in.flag("touched"),
                            in.text("nonce"),
                            in.instant("expires"),
                            in.text("text"),
                            in.text("signature"),
                            in.maybe("reason"));
            case "decision.spent" ->
                    new PeopleEvent.DecisionSpent(in.text("id"), in.texts("nonces"));
            case "foreign.seen" ->
                    new PeopleEvent.ForeignSeen(in.text("environment"), in.maybe("what"));
            case "return.started" ->
                    new PeopleEvent.ReturnStarted(
                            in.text("id"),
                            in.text("environment"),
                            in.text("undone"),
                            release("from")
                                    .orElseThrow(() -> new IllegalArgumentException("no `from`")),
                            release("to"),
                            in.number("fence"),
                            in.text("reason"));
            case "return.finished" ->
                    new PeopleEvent.ReturnFinished(
                            in.text("id"),
                            in.text("environment"),
                            in.text("state"),
                            in.text("detail"),
                            release("runs"),
                            in.number("millis"));
            default -> throw new IllegalArgumentException("unknown entry type `" + type + "`");
        };
    }

    private Optional<Event.Row> row() {
        return in.maybe("row").map(name -> new Event.Row(name, in.maybe("id")));
    }

    private Event policy() {
        var files =
                in.objects("files").stream()
                        .map(file -> new Event.RuleFile(file.text("path"), file.hash("sha256")))
                        .toList();
        return new Event.PolicyAccepted(in.text("digest"), files);
    }

    private Event begun() {
        return new Event.ShiftBegun(
                in.text("request"),
                in.maybe("version"),
                in.maybe("environment"),
                in.flag("hotfix"),
                in.text("scope"),
                in.paths("listed"),
                in.text("enforcement"));
    }

    private Event proof() {
        return new Event.ProofRecorded(
                new GateId(in.text("gate")),
                new SourceDigest(in.text("source")),
                in.commit("commit"),
                Strength.valueOf(in.text("strength").toUpperCase(Locale.ROOT)),
                in.flag("passed"),
                in.count("good"),
                in.count("bad"),
                in.text("summary"),
                in.texts("reports").stream().map(ContentHash::new).toList());
    }

    private DeployPlan plan() {
        var gates =
                in.objects("gates").stream()
                        .map(gate ->
                                new DeployPlan.PlannedGate(
                                        gate.text("gate"),
                                        gate.text("verdict"),
                                        gate.maybeNumber("proof").isPresent()
                                                ? Optional.of(gate.number("proof"))
                                                : Optional.empty()))
                        .toList();
        var readings =
                in.objects("readings").stream()
                        .map(file ->
                                new DeployPlan.PlannedReading(
                                        file.path("path"), file.hash("sha256")))
                        .toList();
        return new DeployPlan(
                new PlanId(in.text("plan")),
                in.text("digest"),
                in.text("environment"),
                in.text("version"),
                in.commit("commit"),
                new SourceDigest(in.text("source")),
                in.text("artifact"),
                gates,
                readings,
                release("rollback"),
                in.text("policy"),
                in.flag("hotfix"),
                Instant.parse(in.text("expires")));
    }

    private List<PhaseTime> phases() {
        return in.has("phases")
                ? in.objects("phases").stream()
                        .map(phase ->
                                new PhaseTime(
                                        Way.of(phase.text("way")),
                                        phase.text("phase"),
                                        Duration.ofMillis(phase.number("millis"))))
                        .toList()
                : List.of();
    }

    private Optional<ReleaseRecord> release(String name) {
        return in.maybeObject(name)
                .map(release ->
                        new ReleaseRecord(
                                release.text("artifact"),
                                release.text("version"),
                                release.commit("commit"),
                                release.text("deployment")));
    }
}
