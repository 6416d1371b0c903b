package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;

/** An answer of {@code read_plan} that is given again says nothing that has changed meanwhile. */
class ReadPlanTest {
    @TempDir Path folder;

    private static String text(JsonNode result) {
        return result.path("content").path(0).path("text").asString("");
    }

    @Test
    void whatAPersonWritesAndWhatACallDidShowsAtOnce() throws Exception {
        VersionedShop shop = VersionedShop.in(folder);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Ship it");
            String first = text(deploy.call("read_plan"));
            assertThat(first).contains("view_file(path=skills/deploy-toolkit/SKILL.md)");
            assertThat(text(deploy.call("read_plan"))).isEqualTo(first);

            deploy.call("view_file", "path", "skills/deploy-toolkit/SKILL.md");
            assertThat(text(deploy.call("read_plan")))
                    .as("what was read is not offered again")
                    .doesNotContain("view_file(path=skills/deploy-toolkit/SKILL.md)");

            String plan = shop.project().read("PLAN.md");
            shop.project().write("PLAN.md", plan + "\n- [ ] Paint the bollards\n");
            assertThat(text(deploy.call("read_plan"))).contains("Paint the bollards");
            shop.project().write("PLAN.md", plan);
            assertThat(text(deploy.call("read_plan"))).doesNotContain("Paint the bollards");
        } finally {
            shop.project().stop();
        }
    }
}
