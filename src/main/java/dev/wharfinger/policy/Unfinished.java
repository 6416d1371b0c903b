package dev.wharfinger.policy;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Deployment;

import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A deployment that has begun and not ended.
 *
 * @param carriedOn whether somebody works on it now; else it was interrupted, and no waiting ends
 *     it
 */
public record Unfinished(Deployment deployment, boolean carriedOn) {
    private static final int MOST = 80;

    /** The refusal of the shift that it stands in the way of, its own or another. */
    public Refusal refusal(Facts facts) {
        boolean own = deployment.shift().filter(facts.shift().id()::equals).isPresent();
        return carriedOn ? inProgress(own) : unresolved(own);
    }

    /** The refusal of a deployment while a return is under way there. */
    public static Refusal returning(String environment) {
        return Refusal.by(
                Opener.TIME,
                RuleId.DEPLOY_IN_PROGRESS,
                "A return is under way in `" + environment + "`.",
                "Wait for its end.",
                NextCall.of("shift_status", "wait_s", 20));
    }

    private Refusal inProgress(boolean own) {
        return Refusal.by(
                own ? Opener.YOU : Opener.TIME,
                RuleId.DEPLOY_IN_PROGRESS,
                "Deployment `"
                        + deployment.id()
                        + "` is still running in `"
                        + deployment.environment()
                        + "`"
                        + owner()
                        + ".",
                "Wait for its end.",
                own
                        ? NextCall.of("deploy", "plan", deployment.plan().value())
                        : NextCall.of("shift_status", "wait_s", 20));
    }

    /** Whose it is, since when, and what for. */
    private String owner() {
        Deployment.Owner owner = deployment.owner();
        String request = owner.request().replaceAll("\\s+", " ").strip();
        String brief = request.length() > MOST ? request.substring(0, MOST - 1) + "…" : request;
        return ": begun by `"
                + owner.principal().value()
                + "` at "
                + owner.since().truncatedTo(ChronoUnit.SECONDS)
                + (brief.isEmpty() ? "" : ", for “" + brief + "”");
    }

    /** Its own shift waits for a person; another shift may end as blocked. */
    private Refusal unresolved(boolean own) {
        String reason =
                "Deployment `"
                        + deployment.id()
                        + "` to `"
                        + deployment.environment()
                        + "` was interrupted and is not settled.";
        Refusal no =
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.DEPLOY_UNRESOLVED,
                        reason,
                        "Tell the user: restarting the server settles it; `wharf status` shows"
                                + " where it stands.");
        return own ? no : no.then(List.of(Guide.handoff(Exit.BLOCKED, reason)));
    }
}
