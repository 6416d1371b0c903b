package dev.wharfinger.persona;

import static dev.wharfinger.persona.Holding.checked;
import static dev.wharfinger.persona.Holding.enforced;
import static dev.wharfinger.persona.Holding.gate;
import static dev.wharfinger.persona.Holding.not;
import static dev.wharfinger.persona.Holding.stated;

import dev.wharfinger.rule.RuleId;

import java.util.Optional;

/**
 * How each kind of line in a persona file holds in this version of the server. What is called
 * enforced here is provoked on a running server by a test, line by line.
 */
final class Holdings {
    /** Nothing that an agent sends reaches production yet, so nothing of it can be left out. */
    private static final String PRODUCTION = "production takes the signature of people";

    private Holdings() {}

    static Holding of(ItemKind kind, String item) {
        return switch (kind) {
            case READ_PLAN ->
                    enforced(
                            RuleId.HALLUCINATION_UNREAD_LEDGER,
                            "read_plan in this shift; what the row claims is proved by its gate");
            case READ_HANDOFF ->
                    enforced(RuleId.HALLUCINATION_UNREAD_LEDGER, "view_file in this shift");
            case LOAD_SKILL -> enforced(RuleId.ENTRY_INCOMPLETE, "the skill is read in this shift");
            case READ_FILE -> checked("shift_status", "shows whether the files were read");
            case CI -> ofGate("ci");
            case ENVIRONMENT ->
                    enforced(RuleId.ENVIRONMENT_UNKNOWN, "named in every plan, and declared");
            case SESSION_START -> enforced("begin_shift", "the server writes the row");
            case ANNOUNCE ->
                    checked(
                            "begin_shift",
                            "hands the sentence over; what the user is told is not seen");
            case PROOF -> enforced(RuleId.EXIT_INCOMPLETE, "record_proof in this shift");
            case QUALITY_GATE ->
                    enforced(RuleId.GATE_CLOSED, "nothing ships while a gate of its plan is shut");
            case RAID, MEMORY ->
                    enforced(RuleId.EXIT_INCOMPLETE, "record_note, or its `none: true`");
            case BRIEFING, SESSION_END -> enforced("write_handoff", "the server writes it");
            case PLAN_DONE ->
                    enforced(
                            RuleId.HANDOFF_NOT_OBSERVED,
                            "the server moves the row, by the outcome that it observed");
            case RUNBOOK -> enforced("deploy", "the server writes the runbook row");
            case INTEGRITY -> enforced(RuleId.EXIT_INCOMPLETE, "gate `integrity`");
            case TRIGGER_NEXT ->
                    enforced(
                            RuleId.HANDOFF_NOT_OBSERVED,
                            "write_handoff: the matrix decides by the observed outcome");
            case STATED -> stated(item);
        };
    }

    static Holding of(ProtocolKind kind, String item) {
        return switch (kind) {
            case LISTED_FILES ->
                    enforced(RuleId.HALLUCINATION_UNLISTED_PATH, "a path must have been listed");
            case READ_LEDGER ->
                    enforced(
                            RuleId.HALLUCINATION_UNREAD_LEDGER,
                            "rechecked when planning, deploying and handing over");
            case CHARTER_SCOPE -> scope();
            case VERSIONS ->
                    enforced(
                            RuleId.HALLUCINATION_UNKNOWN_VERSION,
                            "every name@version in text that the agent writes");
            case UNTESTED_CODE ->
                    enforced(
                            RuleId.PROHIBITION_UNTESTED_CODE,
                            "gates `test` and `security`, claimed and proved");
            case PROOF -> enforced(RuleId.PROOF_UNUSABLE, "a report that ran, of these sources");
            case STATED -> stated(item); // how the agent speaks is not seen
        };
    }

    static Holding scope() {
        return enforced("check_scope", "it and begin_shift look, and write the RAID row");
    }

    static Holding of(Lane.Mode mode, Persona persona) {
        return switch (mode) {
            case OWNER, COLLABORATIVE ->
                    enforced(
                            RuleId.LANE_OUTSIDE,
                            "write_file writes nowhere else; what no shift wrote stops a plan");
            case READER ->
                    persona.writes()
                            ? enforced(RuleId.LANE_READER_ONLY, "never written")
                            : enforced(RuleId.TOOL_NOT_YOURS, "no tool of this persona writes");
        };
    }

    static Holding ofGate(Optional<String> gate, String item) {
        return gate.map(Holdings::ofGate).orElseGet(() -> stated(item));
    }

    private static Holding ofGate(String gate) {
        return switch (gate) {
            case "ux", "parity" ->
                    enforced(RuleId.GATE_CLOSED, "gate `" + gate + "`: production's plan needs it");
            case "monitoring" -> watched();
            case "runbook" -> enforced("deploy", "the server writes the runbook row");
            case "ci" -> enforced(RuleId.GATE_CLOSED, "gate `ci`: its declared command says so");
            case "secrets" ->
                    enforced(RuleId.CONTENT_SECRET, "gate `secrets`: the commit is scanned");
            case "variables" ->
                    enforced(RuleId.GATE_CLOSED, "gate `variables`: the names are present");
            case "smoke" ->
                    enforced(
                            RuleId.PROHIBITION_DIRECT_PRODUCTION,
                            "no production before staging has passed its smoke tests");
            case "rollback-ready" ->
                    enforced(
                            RuleId.DEPLOY_NO_ROLLBACK,
                            "gate `rollback-ready`: the release before is there, or absent");
            default -> gate(gate);
        };
    }

    private static Holding watched() {
        return enforced(
                RuleId.EXIT_INCOMPLETE,
                "gate `monitoring`: the server looks itself when production is handed over");
    }

    static Optional<Holding> ofProhibition(Prohibition prohibition, Persona persona) {
        return prohibition.rule().map(rule -> ofProhibition(rule, persona));
    }

    private static Holding ofProhibition(RuleId rule, Persona persona) {
        return switch (rule) {
            case PROHIBITION_UNTESTED_CODE -> enforced(rule, "gate `test`, claimed and proved");
            case PROHIBITION_SECURITY_HOLES -> enforced(rule, "gate `security`; nothing waives it");
            case PROHIBITION_UNAPPROVED_HOTFIX ->
                    enforced(
                            RuleId.PROHIBITION_UNAPPROVED_HOTFIX,
                            "`hotfix: true` opens no gate by itself; " + PRODUCTION);
            case APPROVAL_SELF ->
                    enforced(RuleId.APPROVAL_MISSING, "no tool approves; " + PRODUCTION);
            case PROHIBITION_DIRECT_PRODUCTION ->
                    enforced(rule, "no production before staging has passed its smoke tests");
            case CONTENT_SECRET ->
                    persona.writes()
                            ? enforced(rule, "every text that the agent writes is scanned")
                            : not("the server does not see what the user is told");
            case HALLUCINATION_SCOPE_CREEP -> scope();
            case TOOL_NOT_YOURS -> enforced(rule, "the persona's catalogue has no such tool");
            case PROOF_OWN_SHIFT ->
                    enforced(
                            RuleId.TOOL_NOT_YOURS,
                            "who has `record_proof` has no `deploy`, and the other way round");
            default -> enforced(rule, "a call that does it is refused");
        };
    }

    static Holding of(PhaseKind kind, String name) {
        return switch (kind) {
            case CHECKS, VARIABLES ->
                    enforced(RuleId.DEPLOY_NO_PLAN, "first the plan; SESSION_LOG line with output");
            case STAGING, SMOKE ->
                    enforced(RuleId.PHASE_OUT_OF_ORDER, "in order; SESSION_LOG line with output");
            case PRODUCTION -> enforced(RuleId.APPROVAL_MISSING, PRODUCTION);
            case MONITORING -> watched();
            case DOCUMENTATION -> enforced("deploy", "the server writes the runbook row");
            case PROOF -> enforced(RuleId.EXIT_INCOMPLETE, "record_proof in this shift");
            case STATED -> not("no machine can tell when `" + name + "` is done");
        };
    }

    static Holding of(RollbackStep.Horizon horizon, String item) {
        return switch (horizon) {
            case IMMEDIATE ->
                    checked(
                            "rollback",
                            "takes back at once, and says so in SESSION_LOG.md; deploy does it"
                                    + " by itself for what fails its own checks");
            case SHORT_TERM ->
                    checked(
                            "rollback",
                            "writes the bug ticket; the search for the cause is people's and"
                                    + " agents' work");
            case LONG_TERM -> not("people's and agents' work, after this shift");
            case STATED -> stated(item);
        };
    }

    static Holding timing(Persona persona) {
        if (persona.runsAfter().isEmpty()) {
            return not("no persona comes first");
        }
        if (!persona.deploys()) {
            return checked(
                    "read_plan",
                    "shows whether " + String.join(", ", persona.runsAfter()) + " is done");
        }
        return enforced(
                RuleId.GATE_CLOSED,
                "gates `test` and `security`"
                        + (persona.runsAfter().contains("/ux") ? "; /ux before production" : ""));
    }

    static Holding status() {
        return enforced(RuleId.LANE_READER_ONLY, "only the server moves a status cell");
    }

    static Holding handoff() {
        return enforced(RuleId.HANDOFF_NOT_OBSERVED, "write_handoff: the outcome decides");
    }
}
