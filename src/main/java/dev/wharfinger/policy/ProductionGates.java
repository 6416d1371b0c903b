package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.deploy.FreezeWindow;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ReleaseRecord;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How the gates stand that an environment after another one has: what ran there, for how long, how
 * the two differ, and whether this is a time for it. A hotfix skips the waiting, nothing else.
 */
public final class ProductionGates {
    private static final String HOTFIX = "HOTFIX: skipped with the approval";
    private final Persona persona;
    private final boolean hotfix;

    /** Gates as a shift of this persona would meet them. */
    public ProductionGates(Persona persona, boolean hotfix) {
        this.persona = persona;
        this.hotfix = hotfix;
    }

    /** What is known of the environment before. */
    public record Before(
            String name,
            Optional<ReleaseRecord> runs,
            Optional<Instant> since,
            Optional<Event.SmokeRan> smoke) {}

    /** The same bytes ran before, and passed their smoke tests there. */
    public GateState smoke(Before before, Optional<String> artifact) {
        String title = "Passed in " + before.name();
        Optional<String> ran = before.runs().map(ReleaseRecord::artifact);
        if (artifact.isEmpty() || !ran.equals(artifact)) {
            return direct(title, "`" + before.name() + "` does not run these bytes");
        }
        Optional<Event.SmokeRan> same =
                before.smoke().filter(run -> run.artifact().equals(artifact));
        if (same.isEmpty()) {
            return direct(title, "these bytes have not been smoke tested in " + before.name());
        }
        return same.get().passed()
                ? open(GateId.SMOKE, title, "the same digest passed there")
                : direct(title, "the last smoke test in " + before.name() + " failed");
    }

    private GateState direct(String title, String why) {
        return GateState.shut(
                GateId.SMOKE,
                title,
                "-",
                "-",
                why,
                RuleId.PROHIBITION_DIRECT_PRODUCTION,
                Opener.YOU,
                "Ship this very commit there first, and let its smoke tests pass.",
                persona.prohibition(RuleId.PROHIBITION_DIRECT_PRODUCTION)
                        .map(line -> line.source())
                        .or(() -> source(GateId.SMOKE)));
    }

    /** They have run there long enough. */
    public GateState bake(Before before, Duration bake, Instant now) {
        String title = "Baked in " + before.name();
        if (bake.isZero()) {
            return GateState.notChecked(
                    GateId.BAKE, title, "no bake time is declared", source(GateId.BAKE));
        }
        if (hotfix) {
            return GateState.notChecked(GateId.BAKE, title, HOTFIX, source(GateId.BAKE));
        }
        Optional<Instant> ripe = before.since().map(since -> since.plus(bake));
        if (ripe.isPresent() && !now.isBefore(ripe.get())) {
            return open(GateId.BAKE, title, "ran there since " + seconds(before.since().get()));
        }
        return GateState.shutUntil(
                GateId.BAKE,
                title,
                ripe.map(when -> "it must run there until " + seconds(when))
                        .orElse("nothing runs there"),
                RuleId.DEPLOY_TOO_SOON,
                ripe,
                source(GateId.BAKE));
    }

    /** No freeze covers this time. */
    public GateState freeze(List<FreezeWindow> windows, Instant now) {
        String title = "No freeze";
        if (windows.isEmpty()) {
            return GateState.notChecked(
                    GateId.FREEZE, title, "no freeze is declared", source(GateId.FREEZE));
        }
        if (hotfix) {
            return GateState.notChecked(GateId.FREEZE, title, HOTFIX, source(GateId.FREEZE));
        }
        Optional<FreezeWindow> covering =
                windows.stream().filter(window -> window.covers(now)).findFirst();
        return covering.isEmpty()
                ? open(GateId.FREEZE, title, "now is outside of every freeze")
                : GateState.shutUntil(
                        GateId.FREEZE,
                        title,
                        "frozen: " + covering.get(),
                        RuleId.DEPLOY_FROZEN,
                        covering.map(window -> window.end(now)),
                        source(GateId.FREEZE));
    }

    /** The two environments differ only where that is declared. */
    public GateState parity(String before, List<String> differences) {
        String title = "Like " + before;
        return differences.isEmpty()
                ? open(GateId.PARITY, title, "configured alike")
                : GateState.shut(
                        GateId.PARITY,
                        title,
                        "-",
                        "-",
                        "configured otherwise than "
                                + before
                                + ": "
                                + String.join(", ", differences),
                        RuleId.GATE_CLOSED,
                        Opener.HUMAN,
                        "Tell the user to make them alike, or to name under `gates.parity.differ`"
                                + " what may differ.",
                        source(GateId.PARITY));
    }

    /** It is said how production is watched; whether it answers is looked at when handing over. */
    public GateState monitoring(boolean declared) {
        String title = "Watched";
        return declared
                ? open(GateId.MONITORING, title, "declared; looked at with the handoff")
                : GateState.shut(
                        GateId.MONITORING,
                        title,
                        "-",
                        "-",
                        "wharf.yaml does not say how production is watched",
                        RuleId.GATE_CLOSED,
                        Opener.HUMAN,
                        "Tell the user to declare `gates.monitoring` in wharf.yaml.",
                        source(GateId.MONITORING));
    }

    /** Who decides, after everything else is open. */
    public GateState approval(ApprovalSettings settings) {
        String title = "People approve";
        if (settings.count() == 0) {
            return GateState.notChecked(
                    GateId.APPROVAL, title, "nobody is asked here", source(GateId.APPROVAL));
        }
        String from =
                settings.from().isEmpty()
                        ? "the accepted approvers"
                        : String.join(", ", settings.from());
        return open(
                GateId.APPROVAL,
                title,
                settings.count() + " of " + from + ", asked once the plan is made");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Optional<Source> source(GateId id) {
        return persona.sourceOfGate(id.value());
    }

    private GateState open(GateId id, String title, String why) {
        return GateState.open(id, title, "-", why, why, Optional.empty(), source(id));
    }
}
