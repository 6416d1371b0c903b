package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Production is decided by people: whatever an agent does, only their signature lets it in. */
class ToProductionTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";

    private static final List<String> FIELDS =
            List.of(
                    "project",
                    "origin",
                    "size",
                    "root",
                    "kind",
                    "environment",
                    "version",
                    "digest",
                    "artifact",
                    "approver",
                    "expires");

    @TempDir Path folder;

    private static String state(JsonNode result) {
        return result.path("structuredContent").path("state").asString();
    }

    /** A text that says something else in one field. */
    private static ApprovalText with(ApprovalText text, String field) {
        boolean deny = field.equals("decision");
        return new ApprovalText(
                text.project() + (field.equals("project") ? "2" : ""),
                text.origin() + (field.equals("origin") ? "2" : ""),
                text.size() - (field.equals("size") ? 1 : 0),
                field.equals("root") ? "A" + text.root().substring(1) : text.root(),
                field.equals("kind") ? Kind.CONTENT : text.kind(),
                deny ? Choice.DENY : text.decision(),
                field.equals("environment") ? "staging" : text.environment(),
                text.version() + (field.equals("version") ? ".1" : ""),
                field.equals("digest") ? "0".repeat(64) : text.digest(),
                field.equals("artifact") ? "0".repeat(64) : text.artifact(),
                field.equals("approver") ? "berta" : text.approver(),
                field.equals("nonce") ? "n_" + "a".repeat(26) : text.nonce(),
                field.equals("expires") ? text.expires().plus(Duration.ofDays(1)) : text.expires());
    }

    @Test
    void onlyATouchedSignatureOfAnAcceptedApproverOverExactlyThisPlanLetsItIn() throws Exception {
        SoftKey stranger = SoftKey.of(SoftKey.Type.SK_ED25519);
        SoftKey soft = SoftKey.of(SoftKey.Type.ED25519);
        try (var shop = ApprovedShop.in(folder, REQUIRED, soft.line("carl"))) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                JsonNode waiting = deploy.call("deploy", "plan", plan);
                assertThat(state(waiting)).isEqualTo("waiting_for_approval");
                assertThat(waiting.path("structuredContent").path("where").path(0).asString())
                        .isEqualTo("wharf approve " + plan);

                ApprovalText text = shop.text(plan, "approve", "anna");
                Map<String, String> changed = new LinkedHashMap<>();
                for (String field : FIELDS) {
                    String other = with(text, field).text();
                    changed.put(field, shop.deliver(other, shop.anna().sign(other)));
                    assertThat(shop.deliver(other, shop.anna().sign(text.text())))
                            .as("%s changed after signing", field)
                            .isNotEmpty();
                }
                System.out.println("changed before signing: " + changed);
                assertThat(changed).containsEntry("approver", "approval.unknown-approver");
                assertThat(changed.values()).doesNotContain("");
                assertThat(shop.deliver(text.text(), stranger.sign(text.text())))
                        .isEqualTo("approval.unknown-approver");
                String untouched = shop.anna().sign(text.text(), "wharfinger-approval", false);
                assertThat(shop.deliver(text.text(), untouched)).isEqualTo("approval.no-presence");
                String carl = shop.text(plan, "approve", "carl").text();
                assertThat(shop.deliver(carl, soft.sign(carl))).isEqualTo("approval.no-presence");
                assertThat(shop.deliver(text.text(), shop.anna().sign(text.text(), "git", true)))
                        .isEqualTo("approval.mismatch");
                assertThat(state(deploy.call("deploy", "plan", plan)))
                        .isEqualTo("waiting_for_approval");

                assertThat(shop.deliver(text.text(), shop.anna().sign(text.text()))).isEmpty();
                assertThat(shop.deliver(text.text(), shop.anna().sign(text.text())))
                        .isEqualTo("approval.spent");
                JsonNode live = deploy.call("deploy", "plan", plan);
                assertThat(state(live)).as("%s", live).isEqualTo("done");
                JsonNode handoff = follow(deploy, live);
                assertThat(handoff.path("structuredContent").path("outcome").asString())
                        .as("%s", handoff)
                        .isEqualTo("shipped-production");
            }
            assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        }
    }

    private static JsonNode follow(StdioClient client, JsonNode from) throws Exception {
        JsonNode result = from;
        for (int i = 0; i < 12; i++) {
            JsonNode next = result.path("structuredContent").path("next").path(0);
            if (next.isMissingNode()) {
                return result;
            }
            result =
                    client.call(
                            next.path("tool").asString(),
                            (tools.jackson.databind.node.ObjectNode) next.path("arguments"));
        }
        return result;
    }

    @Test
    void aNoHoldsUntilTheSamePersonSaysYes() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED)) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                String no = shop.text(plan, "deny", "anna").text();
                String yes = shop.text(plan, "approve", "anna").text();
                assertThat(shop.deliver(yes, shop.anna().sign(yes))).isEmpty();
                assertThat(shop.deliver(no, shop.anna().sign(no))).isEmpty();
                assertThat(StdioClient.rule(deploy.call("deploy", "plan", plan)))
                        .isEqualTo("approval.denied");
                String again = shop.text(plan, "approve", "anna").text();
                assertThat(shop.deliver(again, shop.anna().sign(again))).isEmpty();
                assertThat(state(deploy.call("deploy", "plan", plan))).isEqualTo("done");
            }
        }
    }

    @Test
    void whoeverIsRevokedCountsNoMoreAndApproversDecideWhoFollowsThem() throws Exception {
        SoftKey berta = SoftKey.of(SoftKey.Type.SK_ECDSA);
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"))) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                String yes = shop.text(plan, "approve", "berta").text();
                assertThat(shop.deliver(yes, berta.sign(yes))).isEmpty();
                SoftKey agents = SoftKey.of(SoftKey.Type.ED25519);
                shop.signers(List.of(shop.anna().line("anna"), agents.line("mallory")));
                assertThat(StdioClient.rule(deploy.call("deploy", "plan", plan)))
                        .isEqualTo("policy.changed");
                JsonNode asked = shop.ask("trust");
                String question = asked.path("data").path("ask").asString();
                assertThat(question).startsWith("r_");
                JsonNode card = shop.ask("card", question).path("data").path("card");
                assertThat(card.toString()).contains("mallory", "changed: approvers");
                String own = shop.text(question, "approve", "anna").text();
                assertThat(shop.deliver(own, agents.sign(own)))
                        .isEqualTo("approval.unknown-approver");
                assertThat(shop.deliver(own, shop.anna().sign(own))).isEmpty();
                assertThat(shop.ask("trust").path("text").asString()).startsWith("already");
                JsonNode revoked = deploy.call("deploy", "plan", plan);
                assertThat(StdioClient.rule(revoked))
                        .as("%s", revoked)
                        .isIn("deploy.drifted", "approval.unknown-approver");
            }
        }
    }

    @Test
    void aPersonDecidesAtATerminalWithTheRealSshKeygen() throws Exception {
        Path key = folder.resolve("id");
        Process made =
                new ProcessBuilder(
                                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .start();
        assertThat(made.waitFor()).isZero();
        String line =
                dev.wharfinger.approval.SshPublicKey.ofLine(
                                java.nio.file.Files.readString(folder.resolve("id.pub")))
                        .orElseThrow()
                        .signerLine(new dev.wharfinger.approval.ApproverName("carl"));
        String any = "{ count: 1, presence: any, expire: 1h, from: [carl] }";
        try (var shop = ApprovedShop.in(folder, any, line)) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                assertThat(shop.wharf("approve")).isZero();
                assertThat(shop.wharf("approve", plan, "--yes", "--key", key.toString())).isZero();
                assertThat(state(deploy.call("deploy", "plan", plan))).isEqualTo("done");
            }
        }
    }
}
