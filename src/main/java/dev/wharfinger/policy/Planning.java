package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.deploy.ArtifactDigest;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.PlanDigest;
import dev.wharfinger.deploy.Release;
import dev.wharfinger.persona.ProtocolKind;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ReleaseRecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a deployment may be planned, and whether a plan may be carried out. */
public final class Planning {
    private final Entry entry;

    /** Plans that rest on the entry checklist. */
    public Planning(Entry entry) {
        this.entry = entry;
    }

    /** What is asked for, and what the world says about it before any gate is looked at. */
    public record Request(
            String environment,
            String version,
            Optional<String> stagingBefore,
            boolean ranInStaging,
            List<String> unlogged,
            Optional<Unfinished> unfinished) {
        public Request {
            unlogged = List.copyOf(unlogged);
        }
    }

    /** A yes to the request itself; its gates are looked at next. */
    public record Asked(String environment, String version) {}

    /**
     * Whether this may be asked at all: rules accepted, things read, names real, nothing in the
     * way.
     */
    public Verdict<Asked> mayAsk(Facts facts, Request request) {
        if (facts.rules().refusal().isPresent()) {
            return Verdict.refused(facts.rules().refusal().get());
        }
        var no = new ArrayList<Refusal>();
        if (!facts.environments().contains(request.environment())) {
            no.add(unknownEnvironment(facts, request.environment()));
            return Verdict.refused(no);
        }
        no.addAll(entry.missing(facts));
        if (!facts.versions().contains(request.version())) {
            no.add(unknownVersion(facts, request));
        }
        if (request.stagingBefore().isPresent() && !request.ranInStaging()) {
            no.add(directProduction(facts, request));
        }
        if (!request.unlogged().isEmpty()) {
            no.add(unlogged(request.unlogged()));
        }
        request.unfinished().ifPresent(other -> no.add(other.refusal(facts)));
        return no.isEmpty()
                ? Verdict.granted(new Asked(request.environment(), request.version()))
                : Verdict.refused(no);
    }

    /** The refusal for an environment that is not declared, or no longer. */
    public Refusal unknownEnvironment(Facts facts, String asked) {
        if (facts.environments().isEmpty()) {
            return Refusal.by(
                    Opener.HUMAN,
                    RuleId.ENVIRONMENT_UNKNOWN,
                    "`wharf.yaml` declares no environment.",
                    "Tell the user to declare one under `environments`.",
                    Guide.handoff(Exit.BLOCKED, "No environment is declared."));
        }
        return Refusal.byYou(
                RuleId.ENVIRONMENT_UNKNOWN,
                "There is no environment `"
                        + asked
                        + "`; there is "
                        + quoted(facts.environments())
                        + ".",
                "Name one of them.",
                new Guide(new Exit(entry)).next(facts).getFirst());
    }

    private Refusal unknownVersion(Facts facts, Request request) {
        List<String> real = facts.versions();
        Refusal no;
        if (real.isEmpty()) {
            no =
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.HALLUCINATION_UNKNOWN_VERSION,
                            "The commit has no version: no Git tag points at it and no manifest"
                                    + " names one.",
                            "Tell the user to tag the commit, then begin again.",
                            Guide.handoff(Exit.BLOCKED, "The commit has no version."));
        } else {
            no =
                    Refusal.byYou(
                            RuleId.HALLUCINATION_UNKNOWN_VERSION,
                            "`"
                                    + request.version()
                                    + "` is no version of this commit; it is "
                                    + quoted(real)
                                    + ".",
                            "Use the version that the commit really has.",
                            NextCall.of("plan_deploy", "environment", request.environment())
                                    .with("version", real.getFirst()));
        }
        return facts.persona()
                .protocol(ProtocolKind.VERSIONS)
                .map(rule -> no.from(rule.source()))
                .orElse(no);
    }

    private Refusal directProduction(Facts facts, Request request) {
        String staging = request.stagingBefore().orElseThrow();
        Refusal no =
                Refusal.byYou(
                        RuleId.PROHIBITION_DIRECT_PRODUCTION,
                        "`"
                                + request.version()
                                + "` has not passed its smoke tests in `"
                                + staging
                                + "`.",
                        "Ship it to `" + staging + "` first.",
                        NextCall.of("plan_deploy", "environment", staging)
                                .with("version", request.version()));
        return facts.persona()
                .prohibition(RuleId.PROHIBITION_DIRECT_PRODUCTION)
                .map(line -> no.from(line.source()))
                .orElse(no);
    }

    private Refusal unlogged(List<String> files) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.LANE_UNLOGGED_CHANGE,
                "The work tree differs from the commit in files that no shift wrote: "
                        + String.join(", ", files.stream().limit(5).toList())
                        + (files.size() > 5 ? " and " + (files.size() - 5) + " more" : "")
                        + ".",
                "Tell the user to commit or discard them: what is shipped must be what stands"
                        + " there.",
                Guide.handoff(Exit.BLOCKED, "Uncommitted changes that no shift wrote."));
    }

    /** Whether every gate lets the plan pass; the refusal lists all that do not. */
    public Verdict<List<GateState>> mayPass(List<GateState> gates) {
        List<Refusal> no =
                gates.stream().filter(gate -> !gate.passable()).map(GateState::refusal).toList();
        return no.isEmpty() ? Verdict.granted(gates) : Verdict.refused(no);
    }

    /** What must still be as the plan says when it is carried out. */
    public record Now(
            Instant time,
            String policy,
            Optional<ReleaseRecord> runs,
            List<GateState> gates,
            boolean sameSources,
            boolean artifactWhole,
            Standing decided) {
        public Now {
            gates = List.copyOf(gates);
        }
    }

    /**
     * Whether this plan may be carried out now, under this deployment id and fence. The yes is the
     * only thing that a target's runner takes.
     */
    public Verdict<DeployGrant> mayDeploy(
            Facts facts, DeployPlan plan, Now now, String deployment, long fence) {
        if (facts.rules().refusal().isPresent()) {
            return Verdict.refused(facts.rules().refusal().get());
        }
        List<Refusal> unread = entry.missing(facts);
        if (!unread.isEmpty()) {
            return Verdict.refused(unread);
        }
        var drift = drift(plan, now);
        if (!drift.isEmpty()) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.DEPLOY_DRIFTED,
                            "The plan no longer holds: " + String.join("; ", drift) + ".",
                            "Make a new plan.",
                            NextCall.of("plan_deploy", "environment", plan.environment())
                                    .with("version", versionNow(facts, plan))));
        }
        return decided(facts, plan, now.decided()).map(_ -> again(plan, deployment, fence));
    }

    /** People come last: what they said yes to is exactly what has been looked at. */
    private Verdict<DecidedGrant> decided(Facts facts, DeployPlan plan, Standing decided) {
        NextCall handoff = Guide.handoff(new Exit(entry).likeliest(facts), "People decide.");
        return switch (decided) {
            case Standing.Yes(var grant) ->
                    grant.subject().id().equals(plan.id().value())
                                    && grant.subject().digest().equals(plan.sealed().digest())
                            ? Verdict.granted(grant)
                            : Verdict.refused(otherPlan(plan).then(List.of(handoff)));
            case Standing.No(var by, var reason) ->
                    Verdict.refused(denied(plan, by, reason).then(List.of(handoff)));
            case Standing.Waiting(_, _, var lapsed) when !lapsed.isEmpty() ->
                    Verdict.refused(lapsed.stream().map(no -> no.then(List.of(handoff))).toList());
            case Standing.Waiting(var given, var needed, _) ->
                    Verdict.refused(missing(plan, given, needed).then(List.of(handoff)));
        };
    }

    private static Refusal otherPlan(DeployPlan plan) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_MISMATCH,
                "What was approved is not plan `" + plan.id() + "`.",
                "Tell the user: look again and decide with `wharf approve " + plan.id() + "`.");
    }

    private static Refusal denied(DeployPlan plan, String by, String reason) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_DENIED,
                "`" + by + "` said no to plan `" + plan.id() + "`: " + reason,
                "Tell the user what was said, and hand over.");
    }

    /** Whether these refusals say only that people have not decided yet: that is waited for. */
    public static boolean isWaiting(List<Refusal> no) {
        return no.size() == 1 && no.getFirst().rule() == RuleId.APPROVAL_MISSING;
    }

    private static Refusal missing(DeployPlan plan, int given, int needed) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.APPROVAL_MISSING,
                "Plan `" + plan.id() + "` has " + given + " of " + needed + " approvals.",
                "Tell the user: a person decides with `wharf approve " + plan.id() + "`.");
    }

    /**
     * The grant of a deployment that was begun and not ended, made anew after a crash: what was
     * decided then is only carried to its end.
     */
    public static DeployGrant again(DeployPlan plan, String deployment, long fence) {
        var release =
                new Release(new ArtifactDigest(plan.artifact()), plan.version(), plan.commit());
        Optional<Release> previous =
                plan.rollback()
                        .map(r ->
                                new Release(
                                        new ArtifactDigest(r.artifact()), r.version(), r.commit()));
        return new DeployGrant(
                new PlanDigest(plan.digest()),
                new EnvironmentName(plan.environment()),
                release,
                previous,
                deployment,
                fence);
    }

    /** The plan's version where the commit still has it, else one that it has now. */
    private static String versionNow(Facts facts, DeployPlan plan) {
        List<String> real = facts.versions();
        return real.isEmpty() || real.contains(plan.version()) ? plan.version() : real.getFirst();
    }

    private static List<String> drift(DeployPlan plan, Now now) {
        var drift = new ArrayList<String>();
        if (!now.time().isBefore(plan.expires())) {
            drift.add("it expired at " + plan.expires());
        }
        if (!plan.policy().equals(now.policy())) {
            drift.add("the rules have changed");
        }
        if (!plan.rollback().equals(now.runs())) {
            drift.add("something else runs in `" + plan.environment() + "` now");
        }
        if (!now.sameSources()) {
            drift.add("the commit's sources have changed");
        }
        if (!plan.digest().equals(plan.sealed().digest())) {
            drift.add("its text is not the one that its digest names");
        }
        if (!now.artifactWhole()) {
            drift.add("the artifact is missing or damaged");
        }
        now.gates().stream()
                .filter(gate -> !gate.passable())
                .forEach(gate ->
                        drift.add("gate `" + gate.id().value() + "` is closed: " + gate.why()));
        return drift;
    }

    /** The refusal where there is no commit: nothing can be proved, planned or committed upon. */
    public static Refusal noCommit() {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.CONFIG_MISSING,
                "The project is no Git repository with a commit.",
                "Tell the user to make one.",
                Guide.handoff(Exit.BLOCKED, "There is no commit to ship."));
    }

    /** The refusal for a plan that is not this shift's. */
    public Refusal noPlan(Facts facts, String asked) {
        return Refusal.byYou(
                RuleId.DEPLOY_NO_PLAN,
                "`" + asked + "` is not a plan of this shift.",
                "Make a plan, and deploy it by its id.",
                new Guide(new Exit(entry)).next(facts).getFirst());
    }

    /** The refusal where people must decide, and there are not so many who may. */
    public Optional<Refusal> nobodyDecides(
            Facts facts, String environment, ApprovalSettings settings, Approvers approvers) {
        long may =
                approvers.all().stream()
                        .map(approver -> approver.name().value())
                        .filter(name -> settings.from().isEmpty() || settings.from().contains(name))
                        .distinct()
                        .count();
        if (may >= settings.count()) {
            return Optional.empty();
        }
        String outcome = new Exit(entry).likeliest(facts);
        return Optional.of(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.APPROVAL_MISSING,
                        "`"
                                + environment
                                + "` needs "
                                + settings.count()
                                + " approvals, and "
                                + may
                                + " of the accepted approvers may decide there.",
                        "Tell the user to enrol people with `wharf approver add NAME`, then run"
                                + " `wharf trust`.",
                        Guide.handoff(outcome, "`" + environment + "` needs people.")));
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }
}
