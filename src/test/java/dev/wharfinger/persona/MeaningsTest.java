package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meanings are recognised from words, in any wording that says them; other words stay stated. */
class MeaningsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Open `PLAN.md` and check the squad | READ_PLAN
                    Load the deploy skill | LOAD_SKILL
                    Go through the handoff notes | READ_HANDOFF
                    The pipeline is green | CI
                    Which environment is meant? | ENVIRONMENT
                    Note the start of the session | SESSION_START
                    Announce what you do | ANNOUNCE
                    Read `docs/network.md` | READ_FILE
                    Have a coffee | STATED
                    Do not touch `PLAN.md` | STATED
                    Environment variables are there | STATED
                    """)
    void entryItems(String text, ItemKind kind) {
        assertThat(Meanings.entry(text)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    The quality gate holds | QUALITY_GATE
                    Put risks into the RAID log | RAID
                    Update MEMORY.md | MEMORY
                    Write the briefing | BRIEFING
                    Move the row in `PLAN.md` | PLAN_DONE
                    The runbook is up to date, also in the quality gate | RUNBOOK
                    Log the end of the session | SESSION_END
                    The integrity check passes | INTEGRITY
                    Run `scripts/check_integrity.ps1` | INTEGRITY
                    Call the next persona | TRIGGER_NEXT
                    Water the plants | STATED
                    Never edit `PLAN.md` | STATED
                    """)
    void exitItems(String text, ItemKind kind) {
        assertThat(Meanings.exit(text)).isEqualTo(kind);
    }

    @Test
    void aLineIsAboutWhatItNamesFirst() {
        assertThat(Meanings.quality("Smoke test passed, secrets aside")).contains("smoke");
        assertThat(Meanings.quality("Secrets out of the smoke test")).contains("secrets");
        assertThat(Meanings.quality("Everybody is happy")).isEmpty();
    }

    @Test
    void prerequisitesNameTheirGate() {
        assertThat(Meanings.prerequisite("`/security` found nothing")).contains("security");
        assertThat(Meanings.prerequisite("Env vars are set")).contains("variables");
        assertThat(Meanings.prerequisite("The moon is full")).isEmpty();
    }

    @Test
    void prohibitionsNameTheirRule() {
        assertThat(Meanings.prohibition("Never push directly to production"))
                .contains(RuleId.PROHIBITION_DIRECT_PRODUCTION);
        assertThat(Meanings.prohibition("NO JOKES: be serious")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "✅ Shipped Production, shipped-production",
        "Production is live, shipped-production",
        "🚀 Shipped to staging, shipped-staging",
        "🔄 Config Issue, config-issue",
        "Build failed, build-broken",
        "Infrastructure failure, infra-failure",
        "Rolled back, rollback-active",
        "⏳ Blocked, blocked",
        "🎉 Party Time!, party-time"
    })
    void outcomesGetTheirSlug(String label, String slug) {
        assertThat(Meanings.outcome(label)).isEqualTo(slug);
    }

    @Test
    void phasesThatNoMachineKnowsAreStated() {
        assertThat(Meanings.phase("Staging Deployment")).isEqualTo(PhaseKind.STAGING);
        assertThat(Meanings.phase("Celebration")).isEqualTo(PhaseKind.STATED);
    }

    @Test
    void commandsAreNotPaths() {
        assertThat(Mentions.of("`/test` and `/k8s/` and `a/test` and `Run /ux`").commands())
                .containsExactly("/test", "/ux");
    }

    @Test
    void filesAreFoundInCallsToo() {
        assertThat(Mentions.of("`view_file(\"a/B.md\")`, `k8s/`, `✅ DONE`, `../x.md`").files())
                .hasToString("[a/B.md]");
    }
}
