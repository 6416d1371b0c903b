package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.markdown.Outline;
import dev.wharfinger.markdown.Section;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class PersonasTest {
    private static final PersonaName DEPLOY = new PersonaName("deploy");

    @Test
    void eightPersonasComeWithWharfinger() {
        assertThat(Personas.builtIn().all())
                .extracting(persona -> persona.name().value())
                .containsExactly(
                        "architect",
                        "auditor",
                        "build",
                        "deploy",
                        "retro",
                        "security",
                        "test",
                        "ux");
        assertThat(Personas.builtIn().named(new PersonaName("nobody"))).isEmpty();
        assertThat(Personas.builtIn().of("/test")).isPresent();
    }

    @Test
    void aProjectsOwnFileTakesThePlaceOfOurs() throws PersonaUnreadable {
        Personas personas =
                Personas.with(
                        Map.of(DEPLOY, new Personas.PersonaFile(Files.USER, Files.asReceived())));

        assertThat(personas.named(DEPLOY).orElseThrow().file()).isEqualTo(Files.USER);
        assertThat(personas.text(DEPLOY)).contains(Files.cleanText());
        assertThat(personas.all()).hasSize(8);
    }

    @Test
    void aFileUnderAnotherPersonasNameIsRefused() {
        var own = Map.of(new PersonaName("test"), new Personas.PersonaFile("d.md", Files.clean()));

        assertThatThrownBy(() -> Personas.with(own))
                .isInstanceOf(PersonaUnreadable.class)
                .hasMessageContaining("it describes /deploy, but is declared for `test`");
    }

    @Test
    void everySkillSectionThatAPhasePointsToIsThere() throws Exception {
        for (Persona persona : Personas.builtIn().all()) {
            for (Phase phase : persona.phases()) {
                String name = persona.skill().orElseThrow().name();
                byte[] skill = Personas.skill(name).orElseThrow();
                var outline = Outline.parse(name, new String(skill, UTF_8));
                assertThat(outline.allSections().map(Section::title))
                        .as(persona.name() + " phase " + phase.number())
                        .contains(phase.skillSection());
            }
        }
    }

    @Test
    void everySkillSaysWhatItIsForAndIsNamedAsItsFolder() throws Exception {
        for (String name : Personas.skillNames()) {
            byte[] skill = Personas.skill(name).orElseThrow();
            var front = Outline.parse(name, new String(skill, UTF_8)).frontMatter().orElseThrow();
            assertThat(front.text("name")).contains(name);
            assertThat(front.text("description").orElseThrow().length()).isBetween(20, 1024);
        }
        assertThat(Personas.skill("nothing")).isEmpty();
    }

    @Test
    void ourDeployFileHasEveryRuleOfTheUsersFile() {
        Persona ours = Personas.builtIn().named(DEPLOY).orElseThrow();
        Persona user = Files.persona(Files.clean());

        assertThat(ours.protocol())
                .extracting(ProtocolRule::kind)
                .isEqualTo(user.protocol().stream().map(ProtocolRule::kind).toList());
        assertThat(ours.entry())
                .extracting(ChecklistItem::kind)
                .isEqualTo(user.entry().stream().map(ChecklistItem::kind).toList());
        assertThat(ours.exit())
                .extracting(ChecklistItem::kind)
                .isEqualTo(user.exit().stream().map(ChecklistItem::kind).toList());
        assertThat(ours.prerequisites())
                .extracting(Prerequisite::gate)
                .isEqualTo(user.prerequisites().stream().map(Prerequisite::gate).toList());
        assertThat(ours.qualityGate())
                .extracting(QualityCheck::gate)
                .isEqualTo(user.qualityGate().stream().map(QualityCheck::gate).toList());
        assertThat(ours.prohibitions())
                .extracting(Prohibition::rule)
                .isEqualTo(user.prohibitions().stream().map(Prohibition::rule).toList());
        assertThat(ours.phases())
                .extracting(Phase::kind)
                .isEqualTo(user.phases().stream().map(Phase::kind).toList());
        assertThat(ours.statuses())
                .extracting(Status::text)
                .isEqualTo(user.statuses().stream().map(Status::text).toList());
        assertThat(ours.lanes())
                .extracting(Lane::reaches)
                .isEqualTo(user.lanes().stream().map(Lane::reaches).toList());
        for (HandoffRow row : user.handoffs()) {
            assertThat(ours.handoff(row.slug()).orElseThrow().nextCommand())
                    .isEqualTo(row.nextCommand());
        }
        assertThat(ours.rollback()).hasSameSizeAs(user.rollback());
    }

    @Test
    void promptsAreShortEnoughToBeReadEachTime() {
        for (String name : List.of("deploy", "test", "security", "auditor")) {
            assertThat(Files.ours(name).length).as(name).isLessThanOrEqualTo(9 * 1024);
        }
    }

    @Test
    void theAuditorWritesNowhere() {
        Persona auditor = Personas.builtIn().named(new PersonaName("auditor")).orElseThrow();

        assertThat(auditor.writeLanes()).isEmpty();
        assertThat(auditor.mayWrite(WorkspacePath.of("docs/a.md"))).isFalse();
    }
}
