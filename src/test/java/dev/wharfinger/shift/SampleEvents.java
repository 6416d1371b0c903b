package dev.wharfinger.shift;

import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.deploy.Way;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One event of each kind, with every optional part once there and once not. */
public final class SampleEvents {
    private static final WorkspacePath PLAN = WorkspacePath.of("PLAN.md");
    private static final ContentHash HASH = ContentHash.of("x".getBytes());
    private static final ContentHash OTHER = ContentHash.of("y".getBytes());
    private static final CommitId COMMIT = new CommitId("0123456789012345678901234567890123456789");
    private static final SourceDigest SOURCE = new SourceDigest(HASH.hex());
    private static final PlanId PLAN_ID = new PlanId("p_" + "a".repeat(26));
    private static final String D = "d_" + "b".repeat(26);
    private static final ReleaseRecord RELEASE = new ReleaseRecord(HASH.hex(), "1.0.0", COMMIT, D);

    private SampleEvents() {}

    public static List<Event> all() {
        return List.of(
                new Event.KeeperStarted("1", "advisory", "confined", "openat2"),
                new Event.JournalCut(17),
                new Event.PolicyAccepted(
                        HASH.hex(), List.of(new Event.RuleFile("wharf.yaml", HASH))),
                begun(),
                new Event.ShiftResumed(List.of(PLAN)),
                new Event.PathsListed(List.of(WorkspacePath.ROOT), List.of(PLAN)),
                new Event.FileRead(PLAN, HASH, Optional.of("facts")),
                new Event.FileRead(PLAN, HASH, Optional.empty()),
                new Event.CallRefused(
                        "deploy", List.of("deploy.no-plan"), "k", 2, "Grund: ✘ \"x\""),
                new Event.FileIntended(PLAN, HASH, Optional.empty(), "write_file"),
                new Event.FileWritten(PLAN, OTHER, Optional.of(HASH), Optional.of("f"), "ledger"),
                new Event.CommitMade(COMMIT, List.of(PLAN)),
                new Event.NoteRecorded("risk", Optional.of("R-001"), false),
                new Event.ItemStated("exit.2", "looked"),
                new Event.ScopeChecked("ship", "unknown", Optional.empty()),
                new Event.VersionVerified("lodash", Optional.of("4.17.21"), true),
                new Event.ProofRecorded(
                        GateId.TEST,
                        SOURCE,
                        COMMIT,
                        Strength.OBSERVED,
                        true,
                        3,
                        0,
                        "3 passed",
                        List.of(HASH)),
                new Event.StatusMoved("/deploy", "ACTIVE"),
                new Event.ArtifactBuilt(COMMIT, Optional.of(HASH.hex()), "3 files"),
                new Event.PlanMade(plan()),
                new Event.DeployStarted(D, PLAN_ID, "staging", 4),
                new Event.DeployStep(new StepEvent(D, 4, Way.FORWARD, "switch", "current"), false),
                new Event.DeployFinished(
                        D,
                        PLAN_ID,
                        "staging",
                        "done",
                        "live",
                        Optional.of("shipped-staging"),
                        Optional.of(RELEASE),
                        List.of("pass")),
                new Event.SmokeRan("staging", Optional.of(HASH.hex()), true, List.of("pass")),
                new Event.PhaseDone(3, "Staging live"),
                new Event.OutcomeObserved("passed", "3 passed"),
                new Event.ShiftEnded("blocked", "/test", List.of("All tests pass.")));
    }

    static Event.ShiftBegun begun() {
        return new Event.ShiftBegun(
                "Ship it",
                Optional.of("1.0.0"),
                Optional.empty(),
                false,
                "unknown",
                List.of(PLAN),
                "advisory");
    }

    static DeployPlan plan() {
        return new DeployPlan(
                        PLAN_ID,
                        "",
                        "staging",
                        "1.0.0",
                        COMMIT,
                        SOURCE,
                        HASH.hex(),
                        List.of(
                                new DeployPlan.PlannedGate("test", "open", Optional.of(12L)),
                                new DeployPlan.PlannedGate("ci", "not checked", Optional.empty())),
                        List.of(new DeployPlan.PlannedReading(PLAN, HASH)),
                        Optional.of(RELEASE),
                        HASH.hex(),
                        false,
                        Instant.parse("2026-11-23T00:00:00Z"))
                .sealed();
    }
}
