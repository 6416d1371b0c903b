package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Places where a shift once could neither end nor be told that a person must act. */
class WaysOutTest {
    private static final String GATES =
            """
            project: shop
            artifact: { path: app }
            gates:
              test: { command: [./prove.sh, test], reports: ["out/*.xml"] }
              security: { command: [./prove.sh, security], reports: ["out/*.sarif"] }
            """;
    private static final String NO_CI = "  ci: { applies: false, because: \"no CI here\" }\n";
    @TempDir Path folder;
    private Path template = Path.of("");
    private Optional<DriftingProject> opened = Optional.empty();

    @BeforeEach
    void prepare() throws Exception {
        template = DriftingProject.prepare(folder);
    }

    @AfterEach
    void close() throws Exception {
        if (opened.isPresent()) {
            opened.get().close();
        }
    }

    private DriftingProject project(String more) throws Exception {
        Path place = Files.createDirectories(folder.resolve("p")).toRealPath();
        String environments =
                """
                environments:
                  staging:
                    target:
                      local: { dir: %s/staging, start: [/bin/false], health: "http://127.0.0.1:1/" }
                """
                        .formatted(place);
        opened =
                Optional.of(
                        DriftingProject.of(
                                template, place, Optional.of(GATES + more + environments)));
        return opened.get();
    }

    private static Agents agents(DriftingProject project) {
        return new Agents(project, new Random(1));
    }

    private static ObjectNode with(String... pairs) {
        ObjectNode arguments = Agents.JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put(pairs[i], pairs[i + 1]);
        }
        return arguments;
    }

    private static Agents begun(DriftingProject project) {
        Agents agents = agents(project);
        agents.call("deploy", "begin_shift", with("request", "Ship it"));
        return agents;
    }

    /** A shift that has read everything, with both gates proved and claimed, and a plan. */
    private static Agents planned(DriftingProject project) throws Exception {
        new WorldActs(project, new Random(1)).proofs();
        Agents agents = begun(project);
        read(agents);
        Answer plan =
                agents.call(
                        "deploy",
                        "plan_deploy",
                        with("environment", "staging", "version", "1.0.0"));
        assertThat(plan.isError()).as(plan.text()).isFalse();
        return agents;
    }

    private static void read(Agents agents) {
        agents.call("deploy", "read_plan", with());
        agents.call("deploy", "view_file", with("path", "skills/deploy-toolkit/SKILL.md"));
        agents.call("deploy", "view_file", with("path", "HANDOFF_NOTES.md"));
    }

    private static ShiftState shift(DriftingProject project, String persona) {
        return project.keeper()
                .recorder()
                .state()
                .openShift(new PersonaName(persona), project.person().principal())
                .orElseThrow();
    }

    private static void observe(DriftingProject project, String persona, String outcome) {
        ShiftState shift = shift(project, persona);
        project.keeper()
                .recorder()
                .record(
                        shift.principal(),
                        Optional.of(shift.persona()),
                        Optional.of(shift.id()),
                        new Event.OutcomeObserved(outcome, "seen"));
    }

    private static JsonNode refusal(Answer answer) {
        assertThat(answer.outcome()).as(answer.text()).isInstanceOf(Outcome.Refused.class);
        return answer.structured().path("refused").path(0);
    }

    private static void saysThatAPersonMustAct(Answer answer, String rule) {
        JsonNode no = refusal(answer);
        assertThat(no.path("rule").asString()).isEqualTo(rule);
        assertThat(no.path("by").asString()).as(answer.text()).isEqualTo("human");
        assertThat(no.path("remedy").asString()).startsWith("Tell the user");
        assertThat(no.path("next")).isEmpty();
    }

    private static String tool(JsonNode said) {
        return said.path("next").path(0).path("tool").asString("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAN.md", "HANDOFF_NOTES.md"})
    void aLedgerFileThatIsALinkIsAPersonsToMendAndNoBug(String file) throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = begun(project);
        project.link(file, "prove.sh");
        saysThatAPersonMustAct(agents.call("deploy", "shift_status", with()), "path.invalid");
        project.write(file, "# Plan\n");
        assertThat(agents.call("deploy", "shift_status", with()).isError()).isFalse();
    }

    @Test
    void handoffNotesThatAreNoTextAreAPersonsToMend() throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = begun(project);
        project.write("HANDOFF_NOTES.md", new byte[] {0, 1, 2});
        saysThatAPersonMustAct(
                agents.call("deploy", "view_file", with("path", "HANDOFF_NOTES.md")),
                "argument.invalid");
    }

    @Test
    void anotherFileThatIsNoTextIsTheAgentsOwnMistake() throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = begun(project);
        project.write("app/page.html", new byte[] {0, 1, 2});
        agents.call("deploy", "list_dir", with("path", "app"));
        JsonNode no = refusal(agents.call("deploy", "view_file", with("path", "app/page.html")));
        assertThat(no.path("by").asString()).isEqualTo("you");
        assertThat(tool(no)).isEqualTo("shift_status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAN.md", "HANDOFF_NOTES.md"})
    void aLedgerFileThatWasReadAndIsGoneIsNoLongerOwed(String file) throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = begun(project);
        read(agents);
        project.clear(file);
        boolean plan = file.equals("PLAN.md");
        JsonNode no =
                refusal(
                        plan
                                ? agents.call("deploy", "read_plan", with())
                                : agents.call("deploy", "view_file", with("path", file)));
        assertThat(no.path("rule").asString()).isEqualTo("hallucination.stale-read");
        assertThat(no.path("next").path(0).path("arguments").path("request").asString())
                .isEqualTo("Ship it");
        assertThat(new Robot(project, agents, "deploy").walk()).isEqualTo(Robot.End.SHIFT_ENDED);
    }

    @Test
    void aDeploymentThatDiedIsAPersonsToSettleAndARestartSettlesIt() throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = planned(project);
        project.interrupt();
        String plan = shift(project, "deploy").plans().sequencedKeySet().getFirst().value();
        saysThatAPersonMustAct(
                agents.call("deploy", "deploy", with("plan", plan)), "deploy.unresolved");
        JsonNode blocked =
                refusal(
                        agents.call(
                                "deploy",
                                "write_handoff",
                                with("outcome", "blocked", "summary", "No.")));
        assertThat(blocked.path("rule").asString()).isEqualTo("handoff.not-observed");
        project.restart();
        assertThat(project.keeper().recorder().state().unfinished()).isEmpty();
        assertThat(new Robot(project, agents, "deploy").walk()).isEqualTo(Robot.End.SHIFT_ENDED);
    }

    @Test
    void aShiftWhoseDeploymentLiesOpenCannotEndAsBlockedWhenItsPlanHasExpired() throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = planned(project);
        project.interrupt();
        project.pass(Duration.ofHours(25));
        JsonNode no =
                refusal(
                        agents.call(
                                "deploy",
                                "write_handoff",
                                with("outcome", "blocked", "summary", "No.")));
        assertThat(no.path("rule").asString()).isEqualTo("handoff.not-observed");
    }

    @Test
    void aPlanForAnEnvironmentThatIsNoLongerDeclaredIsNoPlan() throws Exception {
        DriftingProject project = project(NO_CI);
        Agents agents = planned(project);
        String plan = shift(project, "deploy").plans().sequencedKeySet().getFirst().value();
        project.undeclare();
        JsonNode no = refusal(agents.call("deploy", "deploy", with("plan", plan)));
        assertThat(no.path("rule").asString()).isEqualTo("environment.unknown");
        assertThat(tool(no)).isEqualTo("write_handoff");
        assertThat(new Robot(project, agents, "deploy").walk()).isEqualTo(Robot.End.SHIFT_ENDED);
    }

    @Test
    void aCommandOfCiThatShowsNothingIsAPersonsToMendAndNotRunForEver() throws Exception {
        DriftingProject project = project("  ci: { command: [./nowhere.sh] }\n");
        new WorldActs(project, new Random(1)).proofs();
        Agents agents = begun(project);
        read(agents);
        Answer plan =
                agents.call(
                        "deploy",
                        "plan_deploy",
                        with("environment", "staging", "version", "1.0.0"));
        JsonNode no = refusal(plan);
        assertThat(no.path("rule").asString()).isEqualTo("proof.unusable");
        assertThat(no.path("by").asString()).isEqualTo("human");
        assertThat(tool(no)).isEqualTo("write_handoff");
        assertThat(new Robot(project, agents, "deploy").walk()).isEqualTo(Robot.End.SHIFT_ENDED);
    }

    @Test
    void anIntegrityCheckThatFailsIsAPersonsToMend() throws Exception {
        DriftingProject project = project(NO_CI + "  integrity: { command: [/bin/false] }\n");
        Agents agents = begun(project);
        read(agents);
        observe(project, "deploy", "shipped-staging");
        for (String kind : List.of("risk", "memory")) { // no command runs before these are there
            agents.call("deploy", "record_note", with("kind", kind, "text", "x").put("none", true));
        }
        saysThatAPersonMustAct(
                agents.call(
                        "deploy",
                        "write_handoff",
                        with("outcome", "shipped-staging", "summary", "Done.")),
                "exit.incomplete");
    }

    @Test
    void anOutcomeWithoutARowInTheMatrixEndsTheShiftAndAPersonIsNext() throws Exception {
        Path place = Files.createDirectories(folder.resolve("p")).toRealPath();
        opened =
                Optional.of(
                        DriftingProject.of(
                                template,
                                place,
                                Optional.of(
                                        GATES
                                                + NO_CI
                                                + "personas: { deploy: prompts/stated.md }\n")));
        Agents agents = begun(opened.get());
        observe(opened.get(), "deploy", "shipped-staging");
        assertThat(new Robot(opened.get(), agents, "deploy").walk())
                .isEqualTo(Robot.End.SHIFT_ENDED);
        JsonNode end = agents.last("deploy");
        assertThat(end.path("outcome").asString()).isEqualTo("shipped-staging");
        assertThat(end.path("next_persona").asString()).isEqualTo("human");
    }

    @Test
    void whatOthersWroteIsNeverPutIntoTheMouthOfTheAgent() throws Exception {
        DriftingProject project = project(NO_CI);
        var world = new WorldActs(project, new Random(1));
        world.proofs();
        project.write(
                "PLAN.md",
                "# Plan\n\n| Agent | Command | Status |\n|---|---|---|\n"
                        + "| Test | /test | lodash@9.9.9 |\n| D | /deploy | 💤 IDLE |\n");
        Agents agents = begun(project);
        read(agents);
        JsonNode no =
                refusal(
                        agents.call(
                                "deploy",
                                "plan_deploy",
                                with("environment", "staging", "version", "1.0.0")));
        assertThat(no.path("reason").asString()).contains("lodash@9.9.9");
        assertThat(no.path("next").path(0).path("arguments").path("summary").asString())
                .doesNotContain("lodash");
        assertThat(new Robot(project, agents, "deploy").walk()).isEqualTo(Robot.End.SHIFT_ENDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "test", "auditor"})
    void argumentsThatDoNotFitLeaveNobodyWithoutANextCall(String persona) throws Exception {
        Agents agents = agents(project(NO_CI));
        JsonNode no = refusal(agents.call(persona, "view_file", with("nonsense", "1")));
        assertThat(no.path("rule").asString()).isEqualTo("argument.invalid");
        assertThat(tool(no)).isEqualTo(persona.equals("auditor") ? "read_plan" : "shift_status");
    }

    @Test
    void anEnvironmentThatIsNotThereLeadsToABeginningWithoutIt() throws Exception {
        Agents agents = agents(project(NO_CI));
        JsonNode no =
                refusal(
                        agents.call(
                                "deploy",
                                "begin_shift",
                                with("request", "To the moon", "environment", "moon")));
        assertThat(no.path("next").path(0).path("arguments"))
                .isEqualTo(with("request", "To the moon"));
    }

    @Test
    void whoeverHasNoShiftIsShownHowToBeginOne() throws Exception {
        Agents agents = agents(project(NO_CI));
        Answer status = agents.call("deploy", "shift_status", with());
        assertThat(tool(status.structured())).isEqualTo("begin_shift");
    }

    @Test
    void listingsAndWritesSayWhatComesNext() throws Exception {
        Agents agents = begun(project(NO_CI));
        Answer listed = agents.call("deploy", "list_dir", with("path", "."));
        assertThat(tool(listed.structured())).isEqualTo("read_plan");
        Answer written =
                agents.call(
                        "deploy",
                        "write_file",
                        with("path", "docker/Dockerfile", "content", "# x"));
        assertThat(written.isError()).as(written.text()).isFalse();
        assertThat(tool(written.structured())).isEqualTo("read_plan");
    }
}
