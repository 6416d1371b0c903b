package dev.wharfinger.persona;

import static dev.wharfinger.persona.Holding.checked;
import static dev.wharfinger.persona.Holding.enforced;
import static dev.wharfinger.persona.Holding.not;

import dev.wharfinger.rule.RuleId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** How sentences hold that stand in no list or table of rules: by what they say, or name. */
final class Guidance {
    private static final String UNSEEN = "the server does not see what the user is told";
    private static final String EXPLAINS = "explains; asks for nothing";

    private static final List<String> RESTS_ON_SHIFTS =
            List.of(
                    RuleId.HALLUCINATION_UNREAD_LEDGER.id(),
                    RuleId.HALLUCINATION_UNLISTED_PATH.id());

    private record Known(Pattern words, Holding holding) {}

    private static final List<Known> KNOWN = known();
    private static final SequencedMap<String, Holding> TOOLS = tools();

    private final Persona persona;

    /** As far as this persona's tools go. */
    Guidance(Persona persona) {
        this.persona = persona;
    }

    /** How a sentence holds; nothing where its words are not known. */
    Optional<Holding> of(String sentence) {
        for (Known known : KNOWN) {
            if (known.words().matcher(sentence).find()) {
                return Optional.of(here(known.holding()));
            }
        }
        return Mentions.of(sentence).codes().stream()
                .filter(TOOLS::containsKey)
                .findFirst()
                .map(TOOLS::get)
                .map(this::here);
    }

    /** The auditor has no shift that could lack a reading; only a deployer's phases are ours. */
    private Holding here(Holding holding) {
        if (!persona.hasShifts() && RESTS_ON_SHIFTS.contains(holding.by())) {
            return not("the auditor has no shift: its readings open and close nothing");
        }
        if (!persona.deploys() && holding.by().equals(RuleId.PHASE_OUT_OF_ORDER.id())) {
            return not("the server runs none of these phases itself");
        }
        return holding;
    }

    private static List<Known> known() {
        var list = new ArrayList<Known>();
        ordered(list);
        spoken(list);
        explained(list);
        return List.copyOf(list);
    }

    private static void ordered(List<Known> list) {
        say(
                list,
                "checks must be true for a pass",
                enforced(RuleId.HANDOFF_NOT_OBSERVED, "`passed` needs a proof that passed"));
        say(
                list,
                "checks must be true|opens its own moment",
                enforced(RuleId.GATE_CLOSED, "the gates of the list, each at its moment"));
        say(list, "complete before", enforced(RuleId.ENTRY_INCOMPLETE, "before the first plan"));
        say(
                list,
                "phases in order|staging alone ends",
                enforced(RuleId.PHASE_OUT_OF_ORDER, "the phase machine"));
        say(
                list,
                "document all steps|logs each",
                enforced("deploy", "the server writes a SESSION_LOG line a phase"));
        say(
                list,
                "(runbooks|procedures).*SKILL\\.md",
                enforced(RuleId.ENTRY_INCOMPLETE, "the skill is read in this shift"));
        say(
                list,
                "^execute immediately",
                checked("deploy", "takes back at once what fails its own checks"));
        say(
                list,
                "final gate|last gate",
                enforced(RuleId.DEPLOY_NO_PLAN, "nothing ships but by a plan of this persona"));
        say(
                list,
                "gates production only",
                enforced(
                        RuleId.APPROVAL_MISSING,
                        "production takes people, and refuses every agent"));
        kept(list);
    }

    /** What agents are told to leave alone, and what happens when they do not. */
    private static void kept(List<Known> list) {
        say(list, "status cells", enforced(RuleId.LANE_READER_ONLY, "only the server moves them"));
        say(
                list,
                "never write a secret",
                enforced(RuleId.CONTENT_SECRET, "every text that the agent writes is scanned"));
        say(
                list,
                "shift that proves|whoever proves",
                enforced(RuleId.TOOL_NOT_YOURS, "who has `record_proof` has no `deploy`"));
        say(
                list,
                "except secrets files|secrets files and forbidden",
                enforced(RuleId.LANE_FORBIDDEN, "such files are read by nobody"));
        say(
                list,
                "you write nothing, deploy nothing",
                enforced(RuleId.TOOL_NOT_YOURS, "the persona's catalogue has no such tool"));
        say(
                list,
                "a proof holds for the sources",
                enforced(RuleId.HALLUCINATION_UNPROVED, "a proof is bound to the source digest"));
        say(
                list,
                "not final, wait|answers with `state`",
                checked("deploy", "the same arguments continue and never repeat"));
        say(
                list,
                "zero tests|empty report",
                enforced(RuleId.PROOF_UNUSABLE, "such a report is no pass"));
        say(
                list,
                "weakened|skip or loosen",
                checked(
                        "plan_deploy",
                        "the card shows how many tests ran, and which files differ"));
        say(
                list,
                "hidden findings|false alarm",
                checked("check_gates", "the gate shows how many findings are suppressed"));
        say(
                list,
                "outcome is `blocked`",
                enforced(RuleId.HANDOFF_NOT_OBSERVED, "`blocked` is legal where nothing ran"));
        say(
                list,
                "^without `files`",
                checked("record_proof", "its answer says how strong the proof is"));
        say(
                list,
                "hand over what is not|everything else goes to",
                checked("write_handoff", "the matrix names the next persona"));
        say(
                list,
                "way round|third one alike",
                checked("search_journal", "refusals are journaled; the third alike says STOP"));
    }

    private static void spoken(List<Known> list) {
        say(list, "repeat its announcement|tell the user|show the user|say so\\b", not(UNSEEN));
        say(list, "^(say only|report findings|if the verdict|where the journal)", not(UNSEEN));
    }

    private static void explained(List<Known> list) {
        say(list, "^(persona|mission):", not("says who the persona is; clients show it"));
        say(list, "server holds these rules|refusal names|every call of yours", not(EXPLAINS));
        say(list, "is a claim;", not(EXPLAINS));
        say(list, "any time, without a shift", not(EXPLAINS));
    }

    private static void say(List<Known> list, String words, Holding holding) {
        list.add(new Known(Pattern.compile(words, Pattern.CASE_INSENSITIVE), holding));
    }

    private static SequencedMap<String, Holding> tools() {
        var tools = new LinkedHashMap<String, Holding>();
        tools.put("begin_shift", enforced(RuleId.SHIFT_NONE, "nothing else acts without a shift"));
        tools.put("shift_status", checked("shift_status", "shows what is open"));
        tools.put(
                "list_dir",
                enforced(RuleId.HALLUCINATION_UNLISTED_PATH, "a path must have been listed"));
        tools.put(
                "view_file",
                checked("view_file", "what was read is kept, and whether it still stands"));
        tools.put("read_plan", enforced(RuleId.HALLUCINATION_UNREAD_LEDGER, "read in this shift"));
        tools.put("write_file", enforced(RuleId.LANE_OUTSIDE, "only inside the lanes"));
        tools.put("commit_work", enforced(RuleId.LANE_UNLOGGED_CHANGE, "what the shift wrote"));
        tools.put(
                "request_lane", enforced(RuleId.LANE_OUTSIDE, "people open a lane, for one shift"));
        tools.put("check_scope", Holdings.scope());
        tools.put(
                "verify_version",
                enforced(RuleId.HALLUCINATION_UNKNOWN_VERSION, "lockfiles say what is there"));
        tools.put("record_note", enforced(RuleId.EXIT_INCOMPLETE, "owed before the handoff"));
        tools.put("confirm_item", stated());
        tools.put("record_proof", enforced(RuleId.PROOF_UNUSABLE, "the report is read and bound"));
        tools.put("check_gates", enforced(RuleId.GATE_CLOSED, "a plan needs them open"));
        tools.put("plan_deploy", enforced(RuleId.DEPLOY_NO_PLAN, "deploying takes a plan"));
        tools.put("deploy", enforced(RuleId.DEPLOY_NO_PLAN, "takes a plan's id alone"));
        tools.put(
                "waiting_for_approval",
                enforced(RuleId.APPROVAL_MISSING, "no argument of any tool decides for people"));
        tools.put("smoke_test", checked("smoke_test", "a later failure voids an earlier pass"));
        tools.put("rollback", checked("rollback", "at once, whatever else is wrong"));
        tools.put("write_handoff", enforced(RuleId.EXIT_INCOMPLETE, "ends the shift"));
        tools.put("verify_journal", checked("verify_journal", "the record is verified"));
        tools.put("search_journal", checked("search_journal", "the record is searched"));
        return tools;
    }

    private static Holding stated() {
        return new Holding(Hold.STATED, "confirm_item", "kept as the agent's word");
    }
}
