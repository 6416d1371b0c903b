package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.persona.ProtocolKind;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a deployment may be planned; {@link Deploying} says whether it may be carried out. */
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

    /** The refusal where there is no commit: nothing can be proved, planned or committed upon. */
    public static Refusal noCommit() {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.CONFIG_MISSING,
                "The project is no Git repository with a commit.",
                "Tell the user to make one.",
                Guide.handoff(Exit.BLOCKED, "There is no commit to ship."));
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

    /** The same refusal where the plan is a hotfix, which never goes without people. */
    public static Refusal ofHotfix(Refusal nobody) {
        return Refusal.by(
                        nobody.by(),
                        RuleId.PROHIBITION_UNAPPROVED_HOTFIX,
                        "A hotfix needs an approval: " + nobody.reason(),
                        nobody.remedy())
                .then(nobody.next());
    }

    /** The refusal of a request that the charter leaves out, until a person lets it go on. */
    public static Refusal creep(
            String request, String environment, String where, String likeliest) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.HALLUCINATION_SCOPE_CREEP,
                "The charter leaves `"
                        + request
                        + "` out, and it would go to `"
                        + environment
                        + "`.",
                "Tell the user: a person decides with `" + where + "`.",
                NextCall.of("shift_status").with("wait_s", 50),
                Guide.handoff(likeliest, "The charter leaves this out."));
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }
}
