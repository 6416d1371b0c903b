package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands in a target and no entry explains is seen, told once, and needs a person. */
class ForeignChangeTest {
    @TempDir Path folder;

    @Test
    void whatNobodyExplainsIsShownAndClosesProduction() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 1, presence: required }")) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                assertThat(plan).startsWith("p_");
                Path production =
                        Files.createDirectories(folder.toRealPath().resolve("production"));
                Files.createSymbolicLink(production.resolve("current"), Path.of("/etc"));
                JsonNode again =
                        deploy.call("plan_deploy", "environment", "production", "version", "1.0.1");
                assertThat(StdioClient.rule(again))
                        .as("%s", again)
                        .isEqualTo("deploy.foreign-change");
                assertThat(again.toString()).contains("`current` is", "wharf approve r_");
                JsonNode drifted = deploy.call("deploy", "plan", plan);
                assertThat(StdioClient.rule(drifted)).isEqualTo("deploy.drifted");
                assertThat(drifted.toString()).contains("nobody explains");
                assertThat(shop.ask("status").path("data").toString()).contains("unexplained");
                Files.delete(production.resolve("current"));
                JsonNode gone =
                        deploy.call("plan_deploy", "environment", "production", "version", "1.0.1");
                assertThat(gone.path("structuredContent").path("plan").asString())
                        .as("%s", gone)
                        .startsWith("p_");
            }
            var seen = new AtomicInteger();
            JournalReader.open(shop.project().state())
                    .walk(entry -> {
                        if (entry.line().contains("\"foreign.seen\"")) {
                            seen.incrementAndGet();
                        }
                    });
            assertThat(seen.get()).isEqualTo(2);
        }
    }
}
