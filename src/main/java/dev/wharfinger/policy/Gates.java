package dev.wharfinger.policy;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.Stamped;

import java.util.List;
import java.util.Optional;

/**
 * How the gates stand that the server itself decides: a declared command, the commit, the target.
 */
public final class Gates {
    private final Persona persona;

    /** Gates as a shift of this persona would meet them. */
    public Gates(Persona persona) {
        this.persona = persona;
    }

    private Optional<Source> source(GateId id) {
        return persona.sourceOfGate(id.value());
    }

    /**
     * A gate that a declared command decides, run by the server itself.
     *
     * @param unusable why the command has just given no usable report, so that running it again
     *     helps nobody
     */
    public GateState declared(
            GateId id,
            boolean applies,
            String because,
            boolean declared,
            Optional<String> unusable,
            Optional<Stamped> proof) {
        String title = id.equals(GateId.CI) ? "CI passes" : id.value();
        if (!applies) {
            return GateState.notChecked(id, title, because, source(id));
        }
        if (!declared) {
            String why = "wharf.yaml declares neither a command nor that it does not apply";
            String remedy = "Tell the user to declare `gates." + id.value() + "` in wharf.yaml.";
            return shut(id, title, "-", why, RuleId.GATE_CLOSED, Opener.HUMAN, remedy);
        }
        if (unusable.isPresent()) {
            String why = "its command gave no usable report: " + unusable.get();
            String remedy = "Tell the user to mend `gates." + id.value() + "` in wharf.yaml.";
            return shut(id, title, "-", why, RuleId.PROOF_UNUSABLE, Opener.HUMAN, remedy);
        }
        if (proof.isEmpty()) {
            String why = "it has not run for this commit";
            return shut(
                    id,
                    title,
                    "-",
                    why,
                    RuleId.GATE_CLOSED,
                    Opener.YOU,
                    "Call plan_deploy: the server runs it.");
        }
        var made = (Event.ProofRecorded) proof.get().event();
        if (!made.passed()) {
            String why = "it fails: " + made.summary();
            return shut(
                    id,
                    title,
                    made.summary(),
                    why,
                    RuleId.GATE_CLOSED,
                    new Opener.Persona("/build"),
                    "Hand over to /build.");
        }
        return GateState.open(
                id,
                title,
                "-",
                made.summary(),
                "ran and passed",
                proof.map(Stamped::index),
                source(id));
    }

    /** The declared variables are present in the server's environment. */
    public GateState variables(List<String> declared, List<String> missing) {
        String title = "Variables present";
        if (!missing.isEmpty()) {
            String why = "not set for the server: " + String.join(", ", missing);
            String remedy =
                    "Tell the user to set them where the server is started, then begin again.";
            return shut(
                    GateId.VARIABLES, title, "-", why, RuleId.GATE_CLOSED, Opener.HUMAN, remedy);
        }
        String proved = declared.isEmpty() ? "none declared" : declared.size() + " present";
        return open(GateId.VARIABLES, title, proved, proved);
    }

    /** The commit holds no secret. Findings name places, never values. */
    public GateState secrets(List<String> findings) {
        String title = "No secrets in code";
        if (!findings.isEmpty()) {
            String why =
                    "secrets in the commit: "
                            + String.join(", ", findings.stream().limit(5).toList());
            String remedy = "Hand over to /build: take them out of the code and revoke them.";
            String found = findings.size() + " found";
            return shut(
                    GateId.SECRETS,
                    title,
                    found,
                    why,
                    RuleId.CONTENT_SECRET,
                    new Opener.Persona("/build"),
                    remedy);
        }
        return open(GateId.SECRETS, title, "scanned", "none found");
    }

    /** The release to return to is there and whole, or this is the first deployment. */
    public GateState rollbackReady(Optional<String> previous, Optional<String> problem) {
        String title = "Rollback ready";
        if (problem.isPresent()) {
            String remedy = "Tell the user: the release to return to is not whole.";
            return shut(
                    GateId.ROLLBACK_READY,
                    title,
                    "-",
                    problem.get(),
                    RuleId.DEPLOY_NO_ROLLBACK,
                    Opener.HUMAN,
                    remedy);
        }
        String proved =
                previous.map(version -> "back to " + version)
                        .orElse("FIRST DEPLOYMENT: back to absent");
        return open(GateId.ROLLBACK_READY, title, proved, proved);
    }

    /** What stands in production is what the journal says, or a person took what does not. */
    public GateState unexplained(String what) {
        return shut(
                GateId.ROLLBACK_READY,
                "Rollback ready",
                "-",
                "nobody explains what is there: " + what,
                RuleId.DEPLOY_FOREIGN_CHANGE,
                Opener.HUMAN,
                "Tell the user: a person looks there first (`wharf status`).");
    }

    private GateState open(GateId id, String title, String proved, String why) {
        return GateState.open(id, title, "-", proved, why, Optional.empty(), source(id));
    }

    private GateState shut(
            GateId id,
            String title,
            String proved,
            String why,
            RuleId rule,
            Opener by,
            String remedy) {
        return GateState.shut(id, title, "-", proved, why, rule, by, remedy, source(id));
    }
}
