package dev.wharfinger.policy;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.Stamped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How each gate stands: claimed against proved, and who opens what is shut. */
public final class Gates {
    /** What somebody wrote into PLAN.md about a persona's work. A claim, never a proof. */
    public record Claim(String text, Optional<StatusWord> word, Optional<Source> source) {
        /** Nothing is claimed. */
        public static final Claim NONE = new Claim("-", Optional.empty(), Optional.empty());

        boolean done() {
            return word.filter(StatusWord.DONE::equals).isPresent();
        }
    }

    /** A gate that reports prove, and everything that decides about it. */
    public record ProvedGate(
            GateId id,
            boolean applies,
            String because,
            boolean declared,
            Strength least,
            Claim claim,
            Optional<Stamped> proof,
            Optional<Stamped> other) {}

    private static final String TEST = "All tests pass";
    private static final String SECURITY = "No blocking finding";
    private final Persona persona;
    private final ShiftId own;

    /** Gates as this persona's shift would meet them. */
    public Gates(Persona persona, ShiftId own) {
        this.persona = persona;
        this.own = own;
    }

    /** A gate that another persona claims in PLAN.md and proves with a report. */
    public GateState proved(ProvedGate facts) {
        String command = "/" + facts.id().value();
        String title =
                facts.id().equals(GateId.TEST)
                        ? TEST
                        : facts.id().equals(GateId.SECURITY) ? SECURITY : facts.id().value();
        Optional<Source> source = persona.sourceOfGate(facts.id().value());
        if (!facts.applies()) {
            return notChecked(facts.id(), title, facts.because(), source);
        }
        Opener owner = new Opener.Persona(command);
        Optional<Event.ProofRecorded> proof = facts.proof().map(Gates::proofOf);
        String proved = proof.map(Event.ProofRecorded::summary).orElse("-");
        Optional<Source> where = facts.claim().source().or(() -> source);
        if (proof.isEmpty()) {
            String why = unprovedReason(facts);
            RuleId rule =
                    facts.claim().done()
                            ? RuleId.HALLUCINATION_UNPROVED
                            : facts.id().equals(GateId.TEST)
                                    ? RuleId.PROHIBITION_UNTESTED_CODE
                                    : RuleId.GATE_CLOSED;
            return shut(
                    facts.id(),
                    title,
                    facts.claim().text(),
                    "-",
                    why,
                    rule,
                    owner,
                    "Hand over to " + command + ": it must prove this commit with record_proof.",
                    where);
        }
        Event.ProofRecorded made = proof.get();
        if (!made.passed()) {
            RuleId rule =
                    facts.id().equals(GateId.SECURITY)
                            ? RuleId.PROHIBITION_SECURITY_HOLES
                            : RuleId.PROHIBITION_UNTESTED_CODE;
            return shut(
                    facts.id(),
                    title,
                    facts.claim().text(),
                    proved,
                    "the proof says no: " + made.summary(),
                    rule,
                    owner,
                    "Hand over to " + command + ": what it found must be mended first.",
                    prohibition(rule).or(() -> source));
        }
        if (facts.proof().flatMap(Stamped::shift).filter(own::equals).isPresent()) {
            return shut(
                    facts.id(),
                    title,
                    facts.claim().text(),
                    proved,
                    "the proof was made by this very shift",
                    RuleId.PROOF_OWN_SHIFT,
                    owner,
                    "Another shift must prove it.",
                    where);
        }
        if (!made.strength().reaches(facts.least())
                || made.good() == 0 && facts.id().equals(GateId.TEST)) {
            return shut(
                    facts.id(),
                    title,
                    facts.claim().text(),
                    proved,
                    "the proof is only "
                            + made.strength().text()
                            + "; "
                            + facts.least().text()
                            + " is needed",
                    RuleId.GATE_CLOSED,
                    owner,
                    "Hand over to "
                            + command
                            + ": the server must run the declared command itself (record_proof"
                            + " without files).",
                    where);
        }
        if (!facts.claim().done()) {
            return shut(
                    facts.id(),
                    title,
                    facts.claim().text(),
                    proved,
                    "it is proved, but PLAN.md says `" + facts.claim().text() + "` for " + command,
                    RuleId.GATE_CLOSED,
                    owner,
                    "Hand over to " + command + ": its row must be DONE as well.",
                    where);
        }
        return open(
                facts.id(),
                title,
                facts.claim().text(),
                proved,
                "claimed and proved",
                facts.proof().map(Stamped::index),
                source);
    }

    private String unprovedReason(ProvedGate facts) {
        String claim = facts.claim().done() ? "PLAN.md says DONE, but " : "";
        if (!facts.declared()) {
            return claim + "nothing proves it: wharf.yaml declares no command for it";
        }
        return claim
                + facts.other()
                        .map(Gates::proofOf)
                        .map(other ->
                                "the last proof is of other sources (commit "
                                        + brief(other.commit().sha())
                                        + ")")
                        .orElse("nothing proves it for this commit");
    }

    /** A gate that a declared command decides, run by the server itself. */
    public GateState declared(
            GateId id, boolean applies, String because, boolean declared, Optional<Stamped> proof) {
        Optional<Source> source = persona.sourceOfGate(id.value());
        String title = id.equals(GateId.CI) ? "CI passes" : id.value();
        if (!applies) {
            return notChecked(id, title, because, source);
        }
        if (!declared) {
            return shut(
                    id,
                    title,
                    "-",
                    "-",
                    "wharf.yaml declares neither a command nor that it does not apply",
                    RuleId.GATE_CLOSED,
                    Opener.HUMAN,
                    "Tell the user to declare `gates." + id.value() + "` in wharf.yaml.",
                    source);
        }
        Optional<Event.ProofRecorded> made = proof.map(Gates::proofOf);
        if (made.isEmpty()) {
            return shut(
                    id,
                    title,
                    "-",
                    "-",
                    "it has not run for this commit",
                    RuleId.GATE_CLOSED,
                    Opener.YOU,
                    "Call plan_deploy: the server runs it.",
                    source);
        }
        if (!made.get().passed()) {
            return shut(
                    id,
                    title,
                    "-",
                    made.get().summary(),
                    "it fails: " + made.get().summary(),
                    RuleId.GATE_CLOSED,
                    new Opener.Persona("/build"),
                    "Hand over to /build.",
                    source);
        }
        return open(
                id,
                title,
                "-",
                made.get().summary(),
                "ran and passed",
                proof.map(Stamped::index),
                source);
    }

    /** The declared variables are present in the server's environment. */
    public GateState variables(List<String> declared, List<String> missing) {
        Optional<Source> source = persona.sourceOfGate(GateId.VARIABLES.value());
        String title = "Variables present";
        if (!missing.isEmpty()) {
            return shut(
                    GateId.VARIABLES,
                    title,
                    "-",
                    "-",
                    "not set for the server: " + String.join(", ", missing),
                    RuleId.GATE_CLOSED,
                    Opener.HUMAN,
                    "Tell the user to set them where the server is started, then begin again.",
                    source);
        }
        return open(
                GateId.VARIABLES,
                title,
                "-",
                declared.isEmpty() ? "none declared" : declared.size() + " present",
                "present",
                Optional.empty(),
                source);
    }

    /** The commit holds no secret. Findings name places, never values. */
    public GateState secrets(List<String> findings) {
        Optional<Source> source = persona.sourceOfGate(GateId.SECRETS.value());
        String title = "No secrets in code";
        if (!findings.isEmpty()) {
            return shut(
                    GateId.SECRETS,
                    title,
                    "-",
                    findings.size() + " found",
                    "secrets in the commit: "
                            + String.join(", ", findings.stream().limit(5).toList()),
                    RuleId.CONTENT_SECRET,
                    new Opener.Persona("/build"),
                    "Hand over to /build: take them out of the code and revoke them.",
                    source);
        }
        return open(GateId.SECRETS, title, "-", "scanned", "none found", Optional.empty(), source);
    }

    /** The release to return to is there and whole, or this is the first deployment. */
    public GateState rollbackReady(Optional<String> previous, Optional<String> problem) {
        Optional<Source> source = persona.sourceOfGate(GateId.ROLLBACK_READY.value());
        String title = "Rollback ready";
        if (problem.isPresent()) {
            return shut(
                    GateId.ROLLBACK_READY,
                    title,
                    "-",
                    "-",
                    problem.get(),
                    RuleId.DEPLOY_NO_ROLLBACK,
                    Opener.HUMAN,
                    "Tell the user: the release to return to is not whole.",
                    source);
        }
        String proved =
                previous.map(version -> "back to " + version)
                        .orElse("FIRST DEPLOYMENT: back to absent");
        return open(GateId.ROLLBACK_READY, title, "-", proved, proved, Optional.empty(), source);
    }

    private Optional<Source> prohibition(RuleId rule) {
        return persona.prohibition(rule).map(line -> line.source());
    }

    private static Event.ProofRecorded proofOf(Stamped entry) {
        return (Event.ProofRecorded) entry.event();
    }

    private static String brief(String sha) {
        return sha.substring(0, 7);
    }

    private static GateState open(
            GateId id,
            String title,
            String claimed,
            String proved,
            String why,
            Optional<Long> proof,
            Optional<Source> source) {
        return new GateState(
                id,
                title,
                claimed,
                proved,
                GateState.Verdict.OPEN,
                why,
                Optional.empty(),
                proof,
                source);
    }

    private static GateState notChecked(
            GateId id, String title, String because, Optional<Source> source) {
        return new GateState(
                id,
                title,
                "-",
                "-",
                GateState.Verdict.NOT_CHECKED,
                because,
                Optional.empty(),
                Optional.empty(),
                source);
    }

    private static GateState shut(
            GateId id,
            String title,
            String claimed,
            String proved,
            String why,
            RuleId rule,
            Opener by,
            String remedy,
            Optional<Source> source) {
        var next = new ArrayList<dev.wharfinger.rule.NextCall>();
        if (!(by instanceof Opener.You)) {
            next.add(Guide.handoff(Exit.BLOCKED, "Blocked: " + title + ": " + why));
        }
        return new GateState(
                id,
                title,
                claimed,
                proved,
                GateState.Verdict.SHUT,
                why,
                Optional.of(new GateState.Shut(rule, by, remedy, next)),
                Optional.empty(),
                source);
    }

    /** The gates that hold a staging plan back, in the order in which they are shown. */
    public static List<GateId> ofStaging() {
        return List.of(
                GateId.TEST,
                GateId.SECURITY,
                GateId.CI,
                GateId.VARIABLES,
                GateId.SECRETS,
                GateId.ROLLBACK_READY);
    }
}
