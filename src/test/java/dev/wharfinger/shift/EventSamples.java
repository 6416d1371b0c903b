package dev.wharfinger.shift;

import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.deploy.Way;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One event of every type, with every optional member there. */
final class EventSamples {
    private static final ContentHash HASH = hash("text");
    private static final WorkspacePath PATH = WorkspacePath.of("docker/Dockerfile");
    private static final CommitId COMMIT = new CommitId("0123456789abcdef".repeat(3).substring(8));
    private static final PlanId PLAN = new PlanId("p_abcdefghijklmnopqrstuvwxyz");
    private static final String DEPLOYMENT = "d_abcdefghijklmnopqrstuvwxyz";
    private static final String ASKED = "r_abcdefghijklmnopqrstuvwxyz";
    private static final String RETURN = "b_abcdefghijklmnopqrstuvwxyz";
    private static final String NONCE = "n_abcdefghijklmnopqrstuvwxyz";
    private static final Optional<Event.Row> ROW =
            Optional.of(new Event.Row("note 0123456789abcdef", Optional.of("R-3")));
    private static final ReleaseRecord RELEASE =
            new ReleaseRecord(HASH.hex(), "1.4.1", COMMIT, DEPLOYMENT);

    private EventSamples() {}

    static List<Event> all() {
        return Stream.of(server(), sightings(), ledger(), proofs(), deployments(), decisions())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Event> server() {
        return List.of(
                new Event.KeeperStarted("0.1.0", "advisory", "confined", "openat2"),
                new Event.JournalCut(512),
                new Event.DiskFull(),
                new Event.PolicyAccepted(
                        HASH.hex(), List.of(new Event.RuleFile("built-in:deploy", HASH))),
                new Event.CallRefused(
                        "write_file",
                        List.of("lane.outside"),
                        "0123456789abcdef",
                        2,
                        "`src/App.java` is in no lane of /deploy."));
    }

    private static List<Event> sightings() {
        return List.of(
                new Event.ShiftBegun(
                        "ship it",
                        Optional.of("1.4.2"),
                        Optional.of("staging"),
                        false,
                        "in_scope",
                        List.of(PATH),
                        "advisory"),
                new Event.ShiftResumed(List.of(PATH)),
                new Event.PathsListed(List.of(WorkspacePath.ROOT), List.of(PATH)),
                new Event.FileRead(PATH, HASH, Optional.of(HASH.hex())),
                new Event.ScopeChecked("ship it", "scope_creep", Optional.of("R-3")),
                new Event.VersionVerified("lodash", Optional.of("4.17.21"), true));
    }

    private static List<Event> ledger() {
        return List.of(
                new Event.FileIntended(PATH, HASH, Optional.of(hash("before")), "write_file", ROW),
                new Event.FileWritten(
                        PATH,
                        HASH,
                        Optional.of(hash("before")),
                        Optional.of(HASH.hex()),
                        "ledger",
                        ROW),
                new Event.CommitIntended(COMMIT, List.of(PATH)),
                new Event.IntentDropped(41),
                new Event.CommitMade(COMMIT, List.of(PATH)),
                new Event.NoteRecorded("risk", Optional.of("R-3"), false),
                new Event.ItemStated("exit.9", "told the user"),
                new Event.StatusMoved("/deploy", "ACTIVE"),
                new Event.PhaseDone(1, "Readiness verified"),
                new Event.ShiftEnded("blocked", "/test", List.of("All tests pass.")));
    }

    private static List<Event> proofs() {
        return List.of(
                new Event.ProofRecorded(
                        GateId.TEST,
                        new SourceDigest(HASH.hex()),
                        COMMIT,
                        Strength.OBSERVED,
                        true,
                        12,
                        0,
                        "tests: 12 passed",
                        List.of(HASH)),
                new Event.ArtifactBuilt(COMMIT, Optional.of(HASH.hex()), "built"),
                new Event.PlanMade(plan()),
                new Event.OutcomeObserved("shipped-staging", "smoke tests passed"));
    }

    private static DeployPlan plan() {
        return new DeployPlan(
                        PLAN,
                        "",
                        "staging",
                        "1.4.2",
                        COMMIT,
                        new SourceDigest(HASH.hex()),
                        HASH.hex(),
                        List.of(
                                new DeployPlan.PlannedGate("test", "open", Optional.of(41L)),
                                new DeployPlan.PlannedGate("ci", "not checked", Optional.empty())),
                        List.of(new DeployPlan.PlannedReading(PATH, HASH)),
                        Optional.of(RELEASE),
                        HASH.hex(),
                        false,
                        Instant.parse("2026-11-23T10:00:00Z"))
                .sealed();
    }

    private static List<Event> deployments() {
        var step = new StepEvent(DEPLOYMENT, 3, Way.FORWARD, "switch", "1.4.2 is current");
        return List.of(
                new Event.DeployStarted(DEPLOYMENT, PLAN, "staging", 3, List.of(NONCE)),
                new Event.DeployStep(step, true),
                new Event.DeployFinished(
                        DEPLOYMENT,
                        PLAN,
                        "staging",
                        "done",
                        "live",
                        Optional.of("shipped-staging"),
                        Optional.of(RELEASE),
                        List.of("pass /: status 200 (4 ms)"),
                        Optional.of("http://127.0.0.1:8081/"),
                        List.of(new PhaseTime(Way.FORWARD, "switch", Duration.ofMillis(12)))),
                new Event.SmokeRan(
                        "staging", Optional.of(HASH.hex()), true, List.of("pass /: status 200")));
    }

    private static List<Event> decisions() {
        var expires = Instant.parse("2026-11-23T11:00:00Z");
        return List.of(
                new PeopleEvent.DecisionAsked(
                        ASKED,
                        "content",
                        Optional.of("production"),
                        HASH.hex(),
                        "`.github/workflows/ci.yml` with a dangerous setting",
                        List.of("+ permissions: write-all"),
                        expires),
                new PeopleEvent.DecisionMade(
                        ASKED,
                        "content",
                        true,
                        "anna",
                        true,
                        NONCE,
                        expires,
                        "wharf-approval v1\n",
                        "-----BEGIN SSH SIGNATURE-----\n",
                        Optional.of("read and understood")),
                new PeopleEvent.DecisionSpent(ASKED, List.of(NONCE)),
                new PeopleEvent.ForeignSeen("production", Optional.of("process 7 runs release x")),
                new PeopleEvent.ReturnStarted(
                        RETURN,
                        "production",
                        DEPLOYMENT,
                        RELEASE,
                        Optional.of(RELEASE),
                        4,
                        "errors everywhere"),
                new PeopleEvent.ReturnFinished(
                        RETURN,
                        "production",
                        "rolled_back",
                        "1.4.1 runs again",
                        Optional.of(RELEASE),
                        87));
    }

    /** Every kind of event, also those that stand in a file of their own. */
    static List<Class<?>> kinds() {
        return Stream.of(Event.class.getPermittedSubclasses())
                .flatMap(kind ->
                        kind.isSealed()
                                ? Stream.of(kind.getPermittedSubclasses())
                                : Stream.of(kind))
                .<Class<?>>map(kind -> kind)
                .toList();
    }

    private static ContentHash hash(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
