package dev.wharfinger.shift;

import dev.wharfinger.deploy.PhaseTime;
import dev.wharfinger.deploy.StepEvent;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/**
 * Something that happened. The journal keeps events and nothing else, and all state is their fold:
 * what is not written here did not happen. The list is closed; {@code
 * schemas/journal/entry.schema.json} describes each on the wire.
 */
public sealed interface Event
        permits Event.KeeperStarted,
                Event.JournalCut,
                Event.DiskFull,
                Event.PolicyAccepted,
                Event.ShiftBegun,
                Event.ShiftResumed,
                Event.PathsListed,
                Event.FileRead,
                Event.CallRefused,
                Event.FileIntended,
                Event.FileWritten,
                Event.CommitIntended,
                Event.IntentDropped,
                Event.CommitMade,
                Event.NoteRecorded,
                Event.ItemStated,
                Event.ScopeChecked,
                Event.VersionVerified,
                Event.ProofRecorded,
                Event.StatusMoved,
                Event.ArtifactBuilt,
                Event.PlanMade,
                Event.DeployStarted,
                Event.DeployStep,
                Event.DeployFinished,
                Event.SmokeRan,
                Event.PhaseDone,
                Event.OutcomeObserved,
                Event.ShiftEnded,
                PeopleEvent {
    /** A process took the state folder and will write the entries that follow. */
    record KeeperStarted(String version, String enforcement, String runner, String wall)
            implements Event {}

    /** The last entries were torn by a crash before anybody was told of them, and were cut. */
    record JournalCut(long bytes) implements Event {}

    /** The disk was full: the journal's last words before it stopped, out of its reserve. */
    record DiskFull() implements Event {}

    /** A person accepted the rules in this version. */
    record PolicyAccepted(String digest, List<RuleFile> files) implements Event {
        public PolicyAccepted {
            files = List.copyOf(files);
        }
    }

    /** One file of the rules, as it was accepted. */
    record RuleFile(String path, ContentHash hash) {}

    /** A shift began. What the server showed by itself counts as listed. */
    record ShiftBegun(
            String request,
            Optional<String> version,
            Optional<String> environment,
            boolean hotfix,
            String scope,
            List<WorkspacePath> listed,
            String enforcement)
            implements Event {
        public ShiftBegun {
            listed = List.copyOf(listed);
        }
    }

    /** An open shift was taken up again; its sightings begin anew. */
    record ShiftResumed(List<WorkspacePath> listed) implements Event {
        public ShiftResumed {
            listed = List.copyOf(listed);
        }
    }

    /** These folders were listed, and the listing showed these paths. */
    record PathsListed(List<WorkspacePath> folders, List<WorkspacePath> paths) implements Event {
        public PathsListed {
            folders = List.copyOf(folders);
            paths = List.copyOf(paths);
        }
    }

    /** A file was read with this content; {@code facts} for ledger files. */
    record FileRead(WorkspacePath path, ContentHash hash, Optional<String> facts)
            implements Event {}

    /** A call was refused; {@code seen} counts identical refusals in the shift. */
    record CallRefused(String tool, List<String> rules, String key, int seen, String reason)
            implements Event {
        public CallRefused {
            rules = List.copyOf(rules);
        }
    }

    /** A file is about to be replaced by content that lies staged and durable beside it. */
    record FileIntended(
            WorkspacePath path,
            ContentHash hash,
            Optional<ContentHash> before,
            String tool,
            Optional<Row> row)
            implements Event {}

    /** The file was replaced. */
    record FileWritten(
            WorkspacePath path,
            ContentHash hash,
            Optional<ContentHash> before,
            Optional<String> facts,
            String tool,
            Optional<Row> row)
            implements Event {}

    /**
     * What a write adds to a ledger file, by a name that its shift gives but once; {@code id} is
     * the row's own where it has one. Whoever makes a call again that a crash left unanswered finds
     * the row by its name, and does not write it twice.
     */
    record Row(String name, Optional<String> id) {}

    /** What the shift wrote is about to be committed on top of this commit. */
    record CommitIntended(CommitId onto, List<WorkspacePath> paths) implements Event {
        public CommitIntended {
            paths = List.copyOf(paths);
        }
    }

    /** What that entry intended did not happen, and will not: nothing was changed. */
    record IntentDropped(long intent) implements Event {}

    /** What the shift wrote was committed. */
    record CommitMade(CommitId commit, List<WorkspacePath> paths) implements Event {
        public CommitMade {
            paths = List.copyOf(paths);
        }
    }

    /** A row was written to a ledger file, or the persona said that there is nothing to write. */
    record NoteRecorded(String kind, Optional<String> id, boolean none) implements Event {}

    /**
     * A checklist line that no machine can check was confirmed by the persona: its word, no more.
     */
    record ItemStated(String item, String how) implements Event {}

    /** A request was held against the charter. */
    record ScopeChecked(String request, String verdict, Optional<String> raid) implements Event {
        /** Whether the charter leaves the request out. */
        boolean isCreep() {
            return verdict.equals("scope_creep");
        }
    }

    /** A version was looked up in manifests and lockfiles. */
    record VersionVerified(String name, Optional<String> version, boolean found) implements Event {}

    /** A gate was proved, or the attempt failed; bound to the sources it was made from. */
    record ProofRecorded(
            GateId gate,
            SourceDigest of,
            CommitId commit,
            Strength strength,
            boolean passed,
            int good,
            int bad,
            String summary,
            List<ContentHash> reports)
            implements Event {
        public ProofRecorded {
            reports = List.copyOf(reports);
        }
    }

    /** A row of PLAN.md was moved by the server. */
    record StatusMoved(String command, String word) implements Event {}

    /** The deployable was built from a commit, once; or the build failed. */
    record ArtifactBuilt(CommitId commit, Optional<String> artifact, String detail)
            implements Event {}

    /** A plan was made: everything that a deployment rests on, named by its digest. */
    record PlanMade(DeployPlan plan) implements Event {}

    /**
     * A deployment began: from here on the target may change.
     *
     * @param nonces of the approvals on which it rests: spent by this entry, before the effect
     */
    record DeployStarted(
            String deployment, PlanId plan, String environment, long fence, List<String> nonces)
            implements Event {
        public DeployStarted {
            nonces = List.copyOf(nonces);
        }
    }

    /** A step of a deployment is about to happen, or has happened. */
    record DeployStep(StepEvent step, boolean done) implements Event {}

    /**
     * A deployment ended, and this is what was observed.
     *
     * @param url where what is live answers; empty where it did not come so far
     * @param phases how long each took, to the millisecond; empty in entries of early versions
     */
    record DeployFinished(
            String deployment,
            PlanId plan,
            String environment,
            String state,
            String detail,
            Optional<String> outcome,
            Optional<ReleaseRecord> runs,
            List<String> smoke,
            Optional<String> url,
            List<PhaseTime> phases)
            implements Event {
        public DeployFinished {
            smoke = List.copyOf(smoke);
            phases = List.copyOf(phases);
        }
    }

    /** Smoke tests ran against what is live. */
    record SmokeRan(
            String environment, Optional<String> artifact, boolean passed, List<String> results)
            implements Event {
        public SmokeRan {
            results = List.copyOf(results);
        }
    }

    /** A phase of the persona's workflow ended with this output. */
    record PhaseDone(int number, String output) implements Event {}

    /** The server itself saw something that decides the handoff. */
    record OutcomeObserved(String outcome, String detail) implements Event {}

    /** The shift ended, and this persona is next. */
    record ShiftEnded(String outcome, String next, List<String> unverified) implements Event {
        public ShiftEnded {
            unverified = List.copyOf(unverified);
        }
    }
}
