package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;

/** Each persona that comes with Wharfinger works a shift of a real project, to its own handoff. */
class PersonaShiftsTest {
    @TempDir Path folder;
    private ShopProject shop;

    @BeforeEach
    void makeTheShop() throws Exception {
        shop = ShopProject.in(folder);
        String yaml = shop.read("wharf.yaml");
        shop.write(
                "wharf.yaml",
                yaml.replaceFirst(
                        "ux: \\{.*\\}",
                        "ux: { command: [./prove.sh, test], reports: [\"out/*.xml\"] }"));
        shop.write(
                "PLAN.md",
                shop.read("PLAN.md")
                        + """
                        | **UX** | /ux | 💤 IDLE |
                        | **Build** | /build | 💤 IDLE |
                        | **Architect** | /architect | 💤 IDLE |
                        | **Retro** | /retro | 💤 IDLE |
                        """);
        shop.commit("v1.0.1");
        assertThat(
                        StdioClient.run(
                                "trust",
                                "--root",
                                shop.root().toString(),
                                "--state",
                                shop.state().toString()))
                .isZero();
    }

    @AfterEach
    void stop() {
        shop.stop();
    }

    private static void read(StdioClient client, String persona) throws Exception {
        assertThat(StdioClient.rule(client.call("begin_shift", "request", "Please " + persona)))
                .isEmpty();
        client.call("read_plan");
        client.call("view_file", "path", "skills/" + persona + "-toolkit/SKILL.md");
        client.call("view_file", "path", "HANDOFF_NOTES.md");
    }

    private static JsonNode end(StdioClient client, JsonNode from) throws Exception {
        JsonNode result = from;
        for (int i = 0; i < 12; i++) {
            JsonNode next = result.path("structuredContent").path("next").path(0);
            if (next.isMissingNode()) {
                return result.path("structuredContent");
            }
            result =
                    client.call(
                            next.path("tool").asString(),
                            (tools.jackson.databind.node.ObjectNode) next.path("arguments"));
        }
        throw new AssertionError("it does not end: " + result);
    }

    private static String gate(JsonNode answer, String id) {
        JsonNode refused = answer.path("structuredContent");
        for (JsonNode gate : refused.path("gates")) {
            if (gate.path("id").asString().equals(id)) {
                return gate.path("verdict").asString();
            }
        }
        throw new AssertionError("no gate " + id + ": " + answer);
    }

    @Test
    void uxProvesItsGateAndProductionNeedsIt() throws Exception {
        try (var deploy = StdioClient.start(shop, "--persona", "deploy")) {
            read(deploy, "deploy");
            assertThat(gate(deploy.call("check_gates", "environment", "production"), "ux"))
                    .isEqualTo("closed");
            try (var ux = StdioClient.start(shop, "--persona", "ux")) {
                JsonNode ended = ux.follow("Look at 1.0.1").path("structuredContent");
                assertThat(ended.path("outcome").asString()).as("%s", ended).isEqualTo("passed");
                assertThat(ended.path("next_persona").asString()).isEqualTo("/deploy");
            }
            deploy.call("read_plan");
            assertThat(gate(deploy.call("check_gates", "environment", "production"), "ux"))
                    .isEqualTo("open");
        }
    }

    @Test
    void uxThatFindsSomethingHandsItToBuild() throws Exception {
        String prove = shop.read("prove.sh");
        shop.write(
                "prove.sh", prove.replace("/></testsuite>", "><failure/></testcase></testsuite>"));
        shop.commit("v1.0.2");
        try (var ux = StdioClient.start(shop, "--persona", "ux")) {
            JsonNode ended = ux.follow("Look at 1.0.2").path("structuredContent");
            assertThat(ended.path("outcome").asString()).as("%s", ended).isEqualTo("failed");
            assertThat(ended.path("next_persona").asString()).isEqualTo("/build");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "build, app/New.java, /test, infrastructure/main.tf",
        "architect, docs/decisions/0001.md, /build, app/Shop.java"
    })
    void whoeverCommitsHandsOverWhatTheServerCommitted(
            String persona, String file, String next, String foreign) throws Exception {
        Files.createDirectories(shop.root().resolve(file.substring(0, file.lastIndexOf('/'))));
        try (var client = StdioClient.start(shop, "--persona", persona)) {
            read(client, persona);
            client.call("list_dir", "path", ".");
            for (int slash = file.lastIndexOf('/');
                    slash > 0;
                    slash = file.lastIndexOf('/', slash - 1)) {
                client.call("list_dir", "path", file.substring(0, slash));
            }
            assertThat(
                            StdioClient.rule(
                                    client.call(
                                            "write_handoff",
                                            "outcome",
                                            "committed",
                                            "summary",
                                            "Done.")))
                    .isEqualTo("handoff.not-observed");
            assertThat(
                            StdioClient.rule(
                                    client.call("write_file", "path", foreign, "content", "x\n")))
                    .isIn("lane.outside", "lane.reader-only");
            JsonNode written = client.call("write_file", "path", file, "content", "// new\n");
            assertThat(StdioClient.rule(written)).as("%s", written).isEmpty();
            JsonNode ended = end(client, client.call("commit_work", "message", "app: a new file"));
            assertThat(ended.path("outcome").asString()).as("%s", ended).isEqualTo("committed");
            assertThat(ended.path("next_persona").asString()).isEqualTo(next);
        }
    }

    @Test
    void retroKeepsWhatWasLearnedForPeople() throws Exception {
        try (var retro = StdioClient.start(shop, "--persona", "retro")) {
            read(retro, "retro");
            JsonNode early =
                    retro.call("write_handoff", "outcome", "learned", "summary", "We learned.");
            assertThat(StdioClient.rule(early)).isEqualTo("handoff.not-observed");
            JsonNode noted =
                    retro.call("record_note", "kind", "memory", "text", "Staging has less memory.");
            JsonNode ended = end(retro, noted);
            assertThat(ended.path("outcome").asString()).as("%s", ended).isEqualTo("learned");
            assertThat(ended.path("next_persona").asString()).isEqualTo("human");
            assertThat(shop.read(".raps/MEMORY.md")).contains("Staging has less memory.");
        }
    }

    @ParameterizedTest
    @CsvSource({"ux", "build", "architect", "retro"})
    void aShiftInWhichNothingWasDoneEndsAsBlocked(String persona) throws Exception {
        try (var client = StdioClient.start(shop, "--persona", persona)) {
            read(client, persona);
            JsonNode ended =
                    client.call("write_handoff", "outcome", "blocked", "summary", "Nothing done.");
            assertThat(StdioClient.rule(ended)).as("%s", ended).isEmpty();
            assertThat(StdioClient.rule(client.call("rollback", "environment", "staging")))
                    .isEqualTo("tool.not-yours");
        }
    }
}
