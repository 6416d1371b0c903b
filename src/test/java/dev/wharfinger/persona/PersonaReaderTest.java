package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The user's file as typed values, whatever happened to its bytes on the way. */
class PersonaReaderTest {
    private final Persona user = Files.persona(Files.clean());

    @Test
    void theHeadingNamesThePersona() {
        assertThat(user.name()).isEqualTo(new PersonaName("deploy"));
        assertThat(user.title()).isEqualTo("The DevOps Engineer");
        assertThat(user.description()).startsWith("DevOps persona for deployment");
        assertThat(user.skill())
                .contains(
                        new SkillLink(
                                "deploy-toolkit",
                                WorkspacePath.of("skills/deploy-toolkit/SKILL.md"),
                                at(42)));
        assertThat(user.runsAfter()).containsExactly("/test", "/security", "/ux");
        assertThat(user.timing()).contains(at(22));
    }

    @Test
    void lanesAreFoldersAndFiles() {
        assertThat(user.lanes())
                .extracting(Lane::mode, lane -> lane.reaches().toString(), Lane::source)
                .containsExactly(
                        tuple(
                                Lane.Mode.OWNER,
                                "[infrastructure/, docker/, k8s/, .github/workflows/,"
                                        + " DEPLOYMENT_RUNBOOK.md]",
                                at(19)),
                        tuple(
                                Lane.Mode.COLLABORATIVE,
                                "[PLAN.md, HANDOFF_NOTES.md, SESSION_LOG.md, RAID_LOG.md]",
                                at(20)),
                        tuple(Lane.Mode.READER, "[docs/infrastructure/]", at(21)));
        assertThat(user.mayWrite(WorkspacePath.of("k8s/app.yaml"))).isTrue();
        assertThat(user.mayWrite(WorkspacePath.of("PLAN.md"))).isTrue();
        assertThat(user.mayWrite(WorkspacePath.of("docs/infrastructure/net.md"))).isFalse();
        assertThat(user.laneOf(WorkspacePath.of("src/App.java"))).isEmpty();
    }

    @Test
    void allCodeIsProseAndReportedAsReadable() {
        assertThat(user.warnings())
                .extracting(Warning::toString)
                .containsExactly(
                        "workflows/deploy.md:21: `All code` is prose: every file is readable but"
                                + " secrets files and forbidden paths");
    }

    @Test
    void theProtocolIsFiveRules() {
        assertThat(user.protocol())
                .extracting(ProtocolRule::kind)
                .containsExactly(
                        ProtocolKind.LISTED_FILES,
                        ProtocolKind.READ_LEDGER,
                        ProtocolKind.CHARTER_SCOPE,
                        ProtocolKind.VERSIONS,
                        ProtocolKind.UNTESTED_CODE);
        assertThat(user.protocol(ProtocolKind.READ_LEDGER).orElseThrow().files())
                .extracting(WorkspacePath::toString)
                .containsExactly("PLAN.md", "HANDOFF_NOTES.md");
    }

    @Test
    void theSixStatusesKeepTheirEmoji() {
        assertThat(user.statuses())
                .extracting(Status::text)
                .containsExactly(
                        "💤 IDLE", "🛠️ ACTIVE", "⏳ WAITING", "✅ DONE", "❌ FAILED", "🚨 ROLLBACK");
        assertThat(user.statusText(StatusWord.ACTIVE)).isEqualTo("🛠️ ACTIVE");
    }

    @Test
    void everyEntryItemIsCheckedBySomething() {
        assertThat(user.entry())
                .extracting(ChecklistItem::kind)
                .containsExactly(
                        ItemKind.READ_PLAN,
                        ItemKind.LOAD_SKILL,
                        ItemKind.READ_HANDOFF,
                        ItemKind.CI,
                        ItemKind.ENVIRONMENT,
                        ItemKind.SESSION_START,
                        ItemKind.ANNOUNCE);
        assertThat(user.entry().getFirst().commands()).containsExactly("/test", "/security");
        assertThat(user.entryItem(ItemKind.CI).orElseThrow().source()).isEqualTo(at(44));
        assertThat(user.entryItem(ItemKind.RAID)).isEmpty();
    }

    @Test
    void everyExitItemIsCheckedBySomething() {
        assertThat(user.exit())
                .extracting(ChecklistItem::number, ChecklistItem::kind)
                .containsExactly(
                        tuple(1, ItemKind.QUALITY_GATE),
                        tuple(2, ItemKind.RAID),
                        tuple(3, ItemKind.MEMORY),
                        tuple(4, ItemKind.BRIEFING),
                        tuple(5, ItemKind.PLAN_DONE),
                        tuple(6, ItemKind.RUNBOOK),
                        tuple(7, ItemKind.SESSION_END),
                        tuple(8, ItemKind.INTEGRITY),
                        tuple(9, ItemKind.TRIGGER_NEXT));
    }

    @Test
    void prerequisitesAndQualityGateAreGates() {
        assertThat(user.prerequisites())
                .extracting(line -> line.gate().orElse("-"))
                .containsExactly("test", "security", "ux", "ci", "variables");
        assertThat(user.qualityGate())
                .extracting(line -> line.gate().orElse("-"))
                .containsExactly(
                        "parity", "secrets", "smoke", "monitoring", "rollback-ready", "runbook");
        assertThat(user.sourceOfGate("ux")).contains(at(54));
        assertThat(user.sourceOfGate("smoke")).contains(at(88));
        assertThat(user.sourceOfGate("bake")).isEmpty();
    }

    @Test
    void prohibitionsAreRules() {
        assertThat(user.prohibitions())
                .extracting(line -> line.rule().orElseThrow())
                .containsExactly(
                        RuleId.PROHIBITION_UNTESTED_CODE,
                        RuleId.PROHIBITION_SECURITY_HOLES,
                        RuleId.PROHIBITION_UNAPPROVED_HOTFIX,
                        RuleId.PROHIBITION_DIRECT_PRODUCTION);
        assertThat(user.prohibition(RuleId.PROHIBITION_SECURITY_HOLES).orElseThrow().source())
                .isEqualTo(at(60));
    }

    @Test
    void thePhasesComeInOrderWithTheirOutputs() {
        assertThat(user.phases())
                .extracting(Phase::number, Phase::kind, Phase::skillSection, Phase::output)
                .startsWith(
                        tuple(
                                1,
                                PhaseKind.CHECKS,
                                "Pre-Deployment Checklist",
                                "Readiness verified"),
                        tuple(2, PhaseKind.VARIABLES, "Environment Setup", "Vars confirmed"))
                .endsWith(
                        tuple(
                                7,
                                PhaseKind.DOCUMENTATION,
                                "Runbook Update",
                                "DEPLOYMENT_RUNBOOK.md"));
        assertThat(user.phases())
                .extracting(Phase::kind)
                .containsSubsequence(
                        PhaseKind.STAGING,
                        PhaseKind.SMOKE,
                        PhaseKind.PRODUCTION,
                        PhaseKind.MONITORING);
    }

    @Test
    void theMatrixSaysWhoIsNext() {
        assertThat(user.handoffs())
                .extracting(HandoffRow::slug, HandoffRow::nextCommand, HandoffRow::command)
                .containsExactly(
                        tuple("shipped-production", "/retro", "Run `/retro`"),
                        tuple("shipped-staging", "/ux", "Run `/ux`"),
                        tuple("config-issue", "/deploy", "Fix + retry"),
                        tuple("build-broken", "/build", "REJECT"),
                        tuple("infra-failure", "/architect", "ESCALATE"),
                        tuple("rollback-active", "/build", "ESCALATE"));
        assertThat(user.handoff("blocked")).isEmpty();
    }

    @Test
    void rollbackStepsKeepTheirTimes() {
        assertThat(user.rollback())
                .extracting(RollbackStep::horizon, step -> step.within().orElse(Duration.ZERO))
                .containsExactly(
                        tuple(RollbackStep.Horizon.IMMEDIATE, Duration.ofMinutes(5)),
                        tuple(RollbackStep.Horizon.SHORT_TERM, Duration.ofHours(1)),
                        tuple(RollbackStep.Horizon.LONG_TERM, Duration.ZERO));
    }

    @Test
    void everyPartHasALine() {
        for (Topic topic : Topic.values()) {
            assertThat(user.source(topic)).as(topic.title()).isPresent();
        }
        assertThat(Files.persona(Files.ours("auditor")).source(Topic.ENTRY)).isEmpty();
    }

    @Test
    void theFileAsReceivedSaysTheSame() {
        Persona received = Files.persona(Files.asReceived());

        assertSame(received);
        assertThat(received.hash()).isNotEqualTo(user.hash());
        assertThat(received.warnings().getFirst().text())
                .contains("windows-1252")
                .contains("lines 13, 29–34, 41–43, 52–54, 73–79, 83, 95, 100, 111–116")
                .contains("lost in lines 30, 31, 33, 83, 95, 114");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkChangeNothing() {
        String windows = "\uFEFF" + Files.cleanText().replace("\n", "\r\n");

        assertSame(Files.persona(windows));
    }

    @Test
    void otherEncodingsAreReadWithAWarning() {
        Persona persona = Files.persona(Files.cleanText().getBytes(UTF_16));

        assertSame(persona);
        assertThat(persona.warnings().getFirst().text()).contains("UTF-16");
    }

    @Test
    void aLineThatIsNotUtf8IsReadAndNamed() {
        byte[] bytes = Files.cleanText().replace("Mission:**", "Mission:** X").getBytes(UTF_8);
        bytes[
                        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                                        .indexOf(":** X")
                                + 4] =
                (byte) 0xE9;

        Persona persona = Files.persona(bytes);

        assertSame(persona);
        assertThat(persona.warnings().getFirst().toString())
                .startsWith("workflows/deploy.md:17: not UTF-8");
    }

    private void assertSame(Persona other) {
        assertThat(other)
                .usingRecursiveComparison()
                .ignoringFields("hash", "warnings")
                .isEqualTo(user);
    }

    private static Source at(int line) {
        return new Source(Files.USER, line);
    }
}
