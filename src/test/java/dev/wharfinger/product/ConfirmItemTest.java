package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;

/** An agent's word counts for lines that nothing checks, and for no other. */
class ConfirmItemTest {
    @TempDir Path folder;
    private ShopProject project;

    @BeforeEach
    void makeTheProject() throws Exception {
        project = ShopProject.in(folder);
        Files.createDirectory(project.root().resolve("workflows"));
        project.write(
                "workflows/deploy.md",
                Files.readString(Path.of("src/test/resources/persona/deploy-persona.md"))
                        .replace("- [ ] CI/CD pipeline passes.", "- [ ] The team was told.")
                        .replace("Health checks and alerting configured.", "Everybody is happy.")
                        .replace("`/retro`.", "`/retro`.\n4. **Afterwards:** bring cake."));
        project.write(
                "wharf.yaml",
                project.read("wharf.yaml") + "personas: { deploy: workflows/deploy.md }\n");
    }

    @Test
    void statedLinesOfEveryPartAreConfirmedByTheNamesThatLintShows() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            client.call("begin_shift", "request", "Ship 1.0.0");
            for (String item : new String[] {"prerequisite.4", "quality.4", "rollback.4"}) {
                JsonNode answer = client.call("confirm_item", "item", item, "how", "I did.");
                assertThat(answer.path("structuredContent").path("stored_as").asString())
                        .as("%s: %s", item, answer)
                        .isEqualTo("stated");
            }
        }
    }

    @Test
    void linesThatTheServerChecksAreConfirmedByNobody() throws Exception {
        try (var client = StdioClient.start(project, "--persona", "deploy")) {
            client.call("begin_shift", "request", "Ship 1.0.0");
            for (String item : new String[] {"quality.3", "protocol.1", "rollback.1", "exit.1"}) {
                JsonNode answer = client.call("confirm_item", "item", item, "how", "I did.");
                assertThat(StdioClient.rule(answer)).as(item).isEqualTo("argument.invalid");
                assertThat(answer.toString())
                        .contains("checked by the server", "prerequisite.4, quality.4, rollback.4");
            }
            assertThat(
                            StdioClient.rule(
                                    client.call("confirm_item", "item", "quality.9", "how", "x")))
                    .isEqualTo("argument.invalid");
            assertThat(StdioClient.rule(client.call("confirm_item", "item", "phase.1", "how", "x")))
                    .isEqualTo("argument.invalid");
        }
    }
}
