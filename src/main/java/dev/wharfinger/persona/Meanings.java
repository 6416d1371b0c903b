package dev.wharfinger.persona;

import dev.wharfinger.rule.RuleId;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the lines of each part of a persona file mean, recognised from their words. */
final class Meanings {
    private static final Pattern NEGATION =
            Pattern.compile("^(do not|don't|never|no)\\b", Pattern.CASE_INSENSITIVE);

    private static final String CI = "\\bCI\\b|\\bpipelines?\\b|github actions";
    private static final String RUNBOOK = "runbook(?!s? (&|and) rollback)";

    private static final Clues<ItemKind> ENTRY =
            new Clues<ItemKind>()
                    .when("\\bskills?\\b", ItemKind.LOAD_SKILL)
                    .when("\\bannounce", ItemKind.ANNOUNCE)
                    .when("session (start|begin)|start of (the )?session", ItemKind.SESSION_START)
                    .when("\\bSESSION_LOG\\b", ItemKind.SESSION_START)
                    .when("\\bPLAN\\.md\\b", ItemKind.READ_PLAN)
                    .when("\\bHANDOFF_NOTES\\b|handoff notes", ItemKind.READ_HANDOFF)
                    .when(CI, ItemKind.CI)
                    .when("\\benvironment\\b(?! variable)", ItemKind.ENVIRONMENT)
                    .when("\\bintegrity\\b", ItemKind.INTEGRITY)
                    .when("\\brecord_proof\\b", ItemKind.PROOF);

    private static final Clues<ItemKind> EXIT =
            new Clues<ItemKind>()
                    .when("quality gate", ItemKind.QUALITY_GATE)
                    .when("\\bRAID(_LOG)?\\b", ItemKind.RAID)
                    .when("\\bMEMORY(\\.md)?\\b", ItemKind.MEMORY)
                    .when("\\bbriefing\\b|\\bHANDOFF_NOTES\\b", ItemKind.BRIEFING)
                    .when("\\bPLAN\\.md\\b", ItemKind.PLAN_DONE)
                    .when(RUNBOOK, ItemKind.RUNBOOK)
                    .when("DEPLOYMENT_RUNBOOK", ItemKind.RUNBOOK)
                    .when("session end|end of (the )?session", ItemKind.SESSION_END)
                    .when("\\bSESSION_LOG\\b", ItemKind.SESSION_END)
                    .when("\\b(check_)?integrity", ItemKind.INTEGRITY)
                    .when("check_integrity", ItemKind.INTEGRITY)
                    .when("\\bnext (agent|persona)\\b", ItemKind.TRIGGER_NEXT)
                    .when("\\brecord_proof\\b|record the proof", ItemKind.PROOF);

    private static final Clues<String> PREREQUISITE =
            new Clues<String>()
                    .when("/test\\b|\\btests? (pass|are|is)", "test")
                    .when("/security\\b|\\bsecurity (scan|review)", "security")
                    .when("/ux\\b", "ux")
                    .when(CI, "ci")
                    .when("\\b(environment|env)\\.? (variables?|vars?)\\b", "variables");

    private static final Clues<String> QUALITY =
            new Clues<String>()
                    .when("\\bconfigurations?\\b|\\bparity\\b|\\bconsisten", "parity")
                    .when("\\bsecrets?\\b", "secrets")
                    .when("\\bsmoke\\b", "smoke")
                    .when("\\bhealth checks?\\b|\\balert|\\bmonitor", "monitoring")
                    .when("\\bprevious (version|release)\\b|\\broll ?back", "rollback-ready")
                    .when("runbook", "runbook")
                    .when("/test\\b|\\btests? (ran|pass|report)", "test")
                    .when("/security\\b|\\bsecurity scan\\b|\\bvulnerabilit", "security")
                    .when("/ux\\b", "ux")
                    .when(CI, "ci");

    private static final Clues<RuleId> PROHIBITION =
            new Clues<RuleId>()
                    .when("\\buntested\\b", RuleId.PROHIBITION_UNTESTED_CODE)
                    .when("security holes?\\b", RuleId.PROHIBITION_SECURITY_HOLES)
                    .when(
                            "vulnerabilit|critical (issue|finding)",
                            RuleId.PROHIBITION_SECURITY_HOLES)
                    .when("hot-?fix|emergency fix", RuleId.PROHIBITION_UNAPPROVED_HOTFIX)
                    .when(
                            "direct(ly)? (to )?production|production directly|staging first"
                                    + "|skip(ping)? staging",
                            RuleId.PROHIBITION_DIRECT_PRODUCTION)
                    .when("empty reports?|zero tests", RuleId.PROOF_UNUSABLE)
                    .when("double role|whoever proves", RuleId.PROOF_OWN_SHIFT)
                    .when("self-approv|approve (your|its) own", RuleId.APPROVAL_SELF)
                    .when("(product|production|application) code\\b", RuleId.LANE_OUTSIDE)
                    .when("outside the lanes?\\b", RuleId.LANE_OUTSIDE)
                    .when("\\bsecrets\\b", RuleId.CONTENT_SECRET)
                    .when("no changes\\b|no deployments?\\b", RuleId.TOOL_NOT_YOURS)
                    .when("scope creep", RuleId.HALLUCINATION_SCOPE_CREEP)
                    .when("invent(ed)? .*versions?", RuleId.HALLUCINATION_UNKNOWN_VERSION);

    private static final Clues<ProtocolKind> PROTOCOL =
            new Clues<ProtocolKind>()
                    .when("\\blist_dir\\b|existence of any file", ProtocolKind.LISTED_FILES)
                    .when("\\bread\\b.*\\b(PLAN\\.md|HANDOFF_NOTES)", ProtocolKind.READ_LEDGER)
                    .when("\\bCHARTER\\b|scope creep", ProtocolKind.CHARTER_SCOPE)
                    .when("\\bversions?\\b|\\blockfiles?\\b", ProtocolKind.VERSIONS)
                    .when("\\buntested\\b", ProtocolKind.UNTESTED_CODE)
                    .when("only a report proves", ProtocolKind.PROOF);

    private static final Clues<PhaseKind> PHASE =
            new Clues<PhaseKind>()
                    .when("\\bpre-?deploy|\\breadiness\\b", PhaseKind.CHECKS)
                    .when("\\benvironment\\b|\\bvariables\\b|\\bconfig", PhaseKind.VARIABLES)
                    .when("\\bstaging\\b", PhaseKind.STAGING)
                    .when("\\bsmoke\\b|\\bpost-?deploy", PhaseKind.SMOKE)
                    .when("\\bproduction\\b", PhaseKind.PRODUCTION)
                    .when("\\bmonitor|\\balert", PhaseKind.MONITORING)
                    .when("\\bdocument|\\brunbook", PhaseKind.DOCUMENTATION)
                    .when("\\bprove\\b|\\bproof\\b", PhaseKind.PROOF);

    private static final Clues<String> OUTCOME =
            new Clues<String>()
                    .when(
                            "production\\b.*\\b(shipped|live)|shipped .*production",
                            "shipped-production")
                    .when("staging\\b.*\\b(shipped|live)|shipped .*staging", "shipped-staging")
                    .when("config(uration)?\\b", "config-issue")
                    .when("build (is )?(broken|failed|fails)|broken build", "build-broken")
                    .when("infra(structure)?\\b", "infra-failure")
                    .when("roll(ed)?[ -]?back", "rollback-active")
                    .when("blocked\\b", "blocked");

    private Meanings() {}

    static ItemKind entry(String text) {
        return NEGATION.matcher(text).find()
                ? ItemKind.STATED
                : ENTRY.meaningOf(text).orElseGet(() -> readOrStated(text));
    }

    static ItemKind exit(String text) {
        return NEGATION.matcher(text).find()
                ? ItemKind.STATED
                : EXIT.meaningOf(text).orElseGet(() -> readOrStated(text));
    }

    private static ItemKind readOrStated(String text) {
        boolean reads = text.toLowerCase(Locale.ROOT).matches("(read|review|view|open)\\b.*");
        return reads && !Mentions.of(text).files().isEmpty() ? ItemKind.READ_FILE : ItemKind.STATED;
    }

    static Optional<String> prerequisite(String text) {
        return PREREQUISITE.meaningOf(text);
    }

    static Optional<String> quality(String text) {
        return QUALITY.meaningOf(text);
    }

    static Optional<RuleId> prohibition(String text) {
        return PROHIBITION.meaningOf(text);
    }

    static ProtocolKind protocol(String text) {
        return PROTOCOL.meaningOf(text).orElse(ProtocolKind.STATED);
    }

    static PhaseKind phase(String name) {
        return PHASE.meaningOf(name).orElse(PhaseKind.STATED);
    }

    /** The slug of an outcome: one of the matrix where it is recognised, else its own words. */
    static String outcome(String label) {
        return OUTCOME.meaningOf(label).orElseGet(() -> slug(label));
    }

    private static String slug(String label) {
        return label.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
    }
}
