package dev.wharfinger.persona;

import static dev.wharfinger.persona.Holding.checked;
import static dev.wharfinger.persona.Holding.enforced;
import static dev.wharfinger.persona.Holding.gate;
import static dev.wharfinger.persona.Holding.not;
import static dev.wharfinger.persona.Holding.stated;

import dev.wharfinger.rule.RuleId;

import java.util.Optional;

/** How each kind of line in a persona file holds. */
final class Holdings {
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
            case READ_FILE -> enforced(RuleId.ENTRY_INCOMPLETE, "the files are read in this shift");
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
                    enforced(RuleId.EXIT_INCOMPLETE, "every gate of the list, when shipped");
            case RAID, MEMORY ->
                    enforced(RuleId.EXIT_INCOMPLETE, "record_note, or its `none: true`");
            case BRIEFING, SESSION_END -> enforced("write_handoff", "the server writes it");
            case PLAN_DONE ->
                    enforced(
                            RuleId.HANDOFF_NOT_OBSERVED,
                            "the server moves the row, by the outcome that it observed");
            case RUNBOOK -> enforced(RuleId.EXIT_INCOMPLETE, "`deploy` writes the row");
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
            case CHARTER_SCOPE ->
                    enforced(
                            RuleId.HALLUCINATION_SCOPE_CREEP,
                            "begin_shift and check_scope write the RAID row");
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

    static Holding of(Lane.Mode mode) {
        return switch (mode) {
            case OWNER, COLLABORATIVE ->
                    enforced(RuleId.LANE_OUTSIDE, "write_file, hooks, and Git before each plan");
            case READER -> enforced(RuleId.LANE_READER_ONLY, "never written");
        };
    }

    static Holding ofGate(Optional<String> gate, String item) {
        return gate.map(Holdings::ofGate).orElseGet(() -> stated(item));
    }

    private static Holding ofGate(String gate) {
        return switch (gate) {
            case "monitoring", "runbook" ->
                    enforced(RuleId.EXIT_INCOMPLETE, "gate `" + gate + "`, before the exit");
            case "ci" ->
                    enforced(RuleId.GATE_CLOSED, "gate `ci`: its API or declared command says so");
            case "ux" ->
                    enforced(
                            RuleId.GATE_CLOSED, "gate `ux`, claimed and proved, before production");
            case "secrets" -> enforced(RuleId.GATE_CLOSED, "gate `secrets`: the commit is scanned");
            case "variables" ->
                    enforced(RuleId.GATE_CLOSED, "gate `variables`: the names are present");
            case "smoke" ->
                    enforced(
                            RuleId.GATE_CLOSED,
                            "gate `smoke`: the same bytes passed in staging, before production");
            case "parity" ->
                    enforced(
                            RuleId.GATE_CLOSED,
                            "gate `parity`: configuration compared, before production");
            case "rollback-ready" ->
                    enforced(
                            RuleId.DEPLOY_NO_ROLLBACK,
                            "gate `rollback-ready`: fetched, digest checked, tagged, or absent");
            default -> gate(gate);
        };
    }

    static Optional<Holding> ofProhibition(Prohibition prohibition) {
        return prohibition.rule().map(rule -> enforced(rule, prohibitionHow(rule)));
    }

    private static String prohibitionHow(RuleId rule) {
        return switch (rule) {
            case PROHIBITION_UNTESTED_CODE -> "gate `test`, claimed and proved";
            case PROHIBITION_SECURITY_HOLES ->
                    "gate `security`; a critical finding is never waived";
            case PROHIBITION_UNAPPROVED_HOTFIX -> "a human's signed approval headed HOTFIX";
            case PROHIBITION_DIRECT_PRODUCTION -> "production takes only what passed in staging";
            case CONTENT_SECRET -> "every text that the agent writes is scanned";
            case TOOL_NOT_YOURS -> "the persona's catalogue has no such tool";
            case PROOF_OWN_SHIFT -> "the shift that proves is not the shift that deploys";
            default -> "a call that does it is refused";
        };
    }

    static Holding of(PhaseKind kind, String name) {
        return switch (kind) {
            case CHECKS, VARIABLES, STAGING, SMOKE, PRODUCTION ->
                    enforced(RuleId.PHASE_OUT_OF_ORDER, "in order; SESSION_LOG line with output");
            case MONITORING -> enforced(RuleId.EXIT_INCOMPLETE, "gate `monitoring`");
            case DOCUMENTATION -> enforced("deploy", "the server writes the runbook row");
            case PROOF -> enforced(RuleId.EXIT_INCOMPLETE, "record_proof in this shift");
            case STATED -> not("no machine can tell when `" + name + "` is done");
        };
    }

    static Holding of(RollbackStep.Horizon horizon, String item) {
        return switch (horizon) {
            case IMMEDIATE ->
                    enforced("rollback", "reverts first, then writes the SESSION_LOG notice");
            case SHORT_TERM ->
                    checked(
                            "rollback",
                            "writes the bug ticket with its due time; the search for the cause is"
                                    + " people's and agents' work");
            case LONG_TERM ->
                    checked("write_handoff", "carried to /retro; doing it is not seen here");
            case STATED -> stated(item);
        };
    }

    static Holding timing(Persona persona) {
        return persona.runsAfter().isEmpty()
                ? not("no persona comes first")
                : enforced(
                        RuleId.GATE_CLOSED, "gates of " + String.join(", ", persona.runsAfter()));
    }

    static Holding status() {
        return enforced(RuleId.LANE_READER_ONLY, "only the server moves a status cell");
    }

    static Holding handoff() {
        return enforced(RuleId.HANDOFF_NOT_OBSERVED, "write_handoff: the outcome decides");
    }
}
