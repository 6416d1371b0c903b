package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.command.Services;
import dev.wharfinger.identity.Peer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code wharf.yaml} says about production, each line of it met by a real shift. */
class ProductionTermsTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";

    @TempDir Path folder;

    private static JsonNode production(StdioClient deploy, boolean hotfix) throws Exception {
        ObjectNode arguments =
                StdioClient.JSON
                        .createObjectNode()
                        .put("environment", "production")
                        .put("version", "1.0.1");
        return deploy.call("plan_deploy", hotfix ? arguments.put("hotfix", true) : arguments);
    }

    private static String plan(JsonNode answer) {
        String plan = answer.path("structuredContent").path("plan").asString();
        assertThat(plan).as("%s", answer).startsWith("p_");
        return plan;
    }

    private static String state(JsonNode answer) {
        return answer.path("structuredContent").path("state").asString();
    }

    private static JsonNode next(JsonNode answer) {
        return answer.path("structuredContent").path("next").path(0);
    }

    private static List<String> rules(JsonNode answer) {
        var rules = new ArrayList<String>();
        answer.path("structuredContent")
                .path("refused")
                .forEach(no -> rules.add(no.path("rule").asString()));
        return rules;
    }

    private static String freezeAroundNow() {
        ZonedDateTime now = Instant.now().atZone(ZoneOffset.UTC);
        var minute = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
        return "\"%s - %s UTC\""
                .formatted(minute.format(now.minusHours(1)), minute.format(now.plusHours(5)));
    }

    @Test
    void whatHasNotBakedOrIsFrozenWaitsAndAHotfixSkipsNothingButTheWaiting() throws Exception {
        String waits = REQUIRED + "\n    bake: 1h\n    freeze: [" + freezeAroundNow() + "]";
        try (var shop = ApprovedShop.in(folder, waits)) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                deploy.call("begin_shift", "request", "Mend it", "environment", "production");
                assertThat(rules(production(deploy, true)))
                        .as("never without staging")
                        .contains("prohibition.direct-production");
                shop.stage(deploy);
                JsonNode early = production(deploy, false);
                assertThat(rules(early)).containsExactly("deploy.too-soon", "deploy.frozen");
                JsonNode soon = early.path("structuredContent").path("refused").path(0);
                Instant ripe = Instant.parse(soon.path("not_before").asString());
                assertThat(ripe)
                        .isBetween(
                                Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3600));
                assertThat(soon.path("by").asString()).isEqualTo("time");

                String hotfix = plan(production(deploy, true));
                assertThat(state(deploy.call("deploy", "plan", hotfix)))
                        .as("people decide about a hotfix too")
                        .isEqualTo("waiting_for_approval");
                JsonNode card = shop.ask("card", hotfix).path("data").path("card");
                assertThat(card.path("title").asString() + card.path("head").asString() + card)
                        .contains("HOTFIX");
                shop.approve(hotfix);
                assertThat(state(deploy.call("deploy", "plan", hotfix))).isEqualTo("done");
            }
        }
    }

    @Test
    void whereNobodyIsAskedThePlanGoesAndSaysSo() throws Exception {
        try (var shop = ApprovedShop.in(folder, "{ count: 0 }")) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                shop.stage(deploy);
                assertThat(state(deploy.call("deploy", "plan", plan(production(deploy, true)))))
                        .as("a hotfix never goes without people")
                        .isEqualTo("waiting_for_approval");
                JsonNode made = production(deploy, false);
                assertThat(made.toString()).contains("nobody is asked here");
                JsonNode live = deploy.call("deploy", "plan", plan(made));
                assertThat(state(live)).as("%s", live).isEqualTo("done");
            }
        }
    }

    @Test
    void withFourEyesTheRequestersOwnYesIsNone() throws Exception {
        SoftKey berta = SoftKey.of(SoftKey.Type.SK_ECDSA);
        String line =
                berta.line("berta")
                        .replaceFirst("^berta ", "berta," + Peer.ofThisProcess().user() + " ");
        String fourEyes = "{ count: 1, presence: required, expire: 1h, four_eyes: true }";
        try (var shop = ApprovedShop.in(folder, fourEyes, line)) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                String own = shop.text(plan, "approve", "berta").text();
                assertThat(shop.deliver(own, berta.sign(own))).isEqualTo("approval.self");
                assertThat(state(deploy.call("deploy", "plan", plan)))
                        .isEqualTo("waiting_for_approval");
                shop.approve(plan);
                assertThat(state(deploy.call("deploy", "plan", plan))).isEqualTo("done");
            }
        }
    }

    @Test
    void whatDiesWhileItSoaksIsTakenBackByItself() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED + "\n    soak: 30s")) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                shop.approve(plan);
                JsonNode answer = deploy.call("deploy", "plan", plan);
                for (int i = 0; i < 20 && !state(answer).equals("soaking"); i++) {
                    Thread.sleep(200);
                    answer = deploy.call("deploy", "plan", plan);
                }
                assertThat(state(answer)).isEqualTo("soaking");
                JsonNode second = production(deploy, false);
                assertThat(rules(second)).contains("deploy.in-progress");
                assertThat(second.toString())
                        .contains("begun by `local:" + Peer.ofThisProcess().user(), "“Ship 1.0.1”");
                new Services()
                        .listeners(shop.productionPort())
                        .forEach(one ->
                                ProcessHandle.of(one.pid())
                                        .ifPresent(ProcessHandle::destroyForcibly));
                for (int i = 0; i < 150 && !state(answer).equals("rolled_back"); i++) {
                    Thread.sleep(200);
                    answer = deploy.call("deploy", "plan", plan);
                }
                assertThat(state(answer)).as("%s", answer).isEqualTo("rolled_back");
                assertThat(new Services().listeners(shop.productionPort())).isEmpty();
                assertThat(folder.toRealPath().resolve("production/current")).doesNotExist();
                for (JsonNode next = next(answer); !next.isMissingNode(); next = next(answer)) {
                    answer =
                            deploy.call(
                                    next.path("tool").asString(),
                                    (ObjectNode) next.path("arguments"));
                }
                JsonNode handoff = answer.path("structuredContent");
                assertThat(handoff.path("outcome").asString())
                        .as("%s", answer)
                        .isEqualTo("rollback-active");
                assertThat(handoff.path("row").asString()).isEqualTo("🚨 ROLLBACK");
                assertThat(shop.project().read("PLAN.md"))
                        .contains("🚨 ROLLBACK", "Regression in 1.0.1 (production)");
                assertThat(shop.project().read("SESSION_LOG.md"))
                        .contains("Notice | ROLLBACK in production: 1.0.1 → absent");
            }
        }
    }
}
