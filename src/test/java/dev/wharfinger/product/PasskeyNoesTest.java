package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Passkey;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.approval.SshPublicKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A passkey's touch counts at this server's own page, for one text, once. A key in software stands
 * for the browser, so that it can say what no browser says.
 */
class PasskeyNoesTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";
    private static final String OTHER = "http://localhost:9";

    private final SoftKey berta = SoftKey.passkey("localhost");

    @TempDir Path folder;

    /** Changed rules, about which people are asked. */
    private static String question(ApprovedShop shop) throws IOException {
        Path rules = shop.project().root().resolve("wharf.yaml");
        Files.writeString(rules, Files.readString(rules) + "# changed\n");
        JsonNode asked = shop.ask("trust");
        String id = asked.path("data").path("ask").asString();
        assertThat(id).as("%s", asked).isNotEmpty();
        return id;
    }

    private static Passkey passkey(SoftKey key) {
        String line = key.line("x");
        return new Passkey(
                SshPublicKey.ofLine(line.substring(line.indexOf("sk-ecdsa"))).orElseThrow());
    }

    private static ApprovalText parsed(String text) {
        return ApprovalText.parse(text)
                .fold(
                        parsed -> parsed,
                        no -> {
                            throw new IllegalArgumentException(text);
                        });
    }

    private static String rule(PageCaller.Answer answer) {
        return answer.json().path("rule").asString("");
    }

    @Test
    void whatAnotherPageOfThisMachineCollectedDecidesNothing() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"));
                var served = ServedShop.start(shop.project())) {
            String id = question(shop);
            var page = PageCaller.at(served);
            ApprovalText text = shop.text(id, "approve", "berta");
            Passkey.Assertion stolen = berta.assertion(Passkey.challenge(text), OTHER, true);
            String signature = passkey(berta).signature(OTHER, stolen);

            assertThat(shop.deliver(text.text(), signature)).isEqualTo("approval.mismatch");
            ObjectNode far =
                    StdioClient.JSON
                            .createObjectNode()
                            .put("text", text.text())
                            .put("signature", signature)
                            .put("reason", "");
            assertThat(page.post("/api/decide", far).body())
                    .contains("approval.mismatch", "touched at a page of `" + OTHER + "`");

            assertThat(page.login(berta, OTHER, true).status()).isEqualTo(403);
            assertThat(PageCaller.at(served).as(OTHER).login(berta, OTHER, true).error())
                    .isEqualTo("passkeys are touched at " + page.origin());
            assertThat(PageCaller.at(served).as(OTHER).get("/enroll").body())
                    .contains("Passkeys are not touched at", page.origin() + "/")
                    .doesNotContain("data-act=\"enroll\"");

            assertThat(page.login(berta, page.origin(), true).status()).isEqualTo(200);
            assertThat(rule(page.decide(text.text(), stolen))).isEqualTo("approval.mismatch");
            Passkey.Assertion own = berta.assertion(Passkey.challenge(text), page.origin(), true);
            String delivered = passkey(berta).signature(page.origin(), own);
            assertThat(shop.deliver(text.text(), delivered))
                    .as("a page's touch comes from the page")
                    .isEqualTo("approval.mismatch");
            assertThat(page.decide(text.text(), own).status()).isEqualTo(200);
        }
    }

    @Test
    void onlyATouchOfAnAcceptedKeySignsInAndOnce() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"));
                var served = ServedShop.start(shop.project())) {
            var page = PageCaller.at(served);
            SoftKey stranger = SoftKey.passkey("localhost");
            assertThat(page.get("/api/pending").status()).isEqualTo(401);
            assertThat(page.login(stranger, page.origin(), true).error())
                    .contains("none of the accepted approvers");
            assertThat(page.login(berta, page.origin(), false).status()).isEqualTo(403);

            byte[] own = new byte[64]; // a challenge that the server never made
            String invented = Base64.getUrlEncoder().withoutPadding().encodeToString(own);
            assertThat(page.login(invented, berta.assertion(own, page.origin(), true)).status())
                    .isEqualTo(403);

            String challenge = page.challenge();
            Passkey.Assertion made =
                    berta.assertion(Base64.getUrlDecoder().decode(challenge), page.origin(), true);
            PageCaller.Answer in = page.login(challenge, made);
            assertThat(in.json().path("name").asString()).isEqualTo("berta");
            assertThat(in.head())
                    .containsPattern(
                            "(?i)set-cookie: wharf=[^;]+; Path=/; HttpOnly; SameSite=Strict\r")
                    .contains("frame-ancestors 'none'", "default-src 'none'");
            assertThat(page.get("/api/pending").status()).isEqualTo(200);
            assertThat(PageCaller.at(served).login(challenge, made).error()).contains("was used");
        }
    }

    @Test
    void aPageSpeaksWithItsTokenAndATouchIsForOneTextAndOnce() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"));
                var served = ServedShop.start(shop.project())) {
            String id = question(shop);
            var page = PageCaller.at(served);
            page.login(berta, page.origin(), true);
            String token = page.token();
            assertThat(page.token("").text(id, "deny").path("error").asString())
                    .isEqualTo("this did not come from a page of this site");
            page.token(token);
            page.from("http://evil.example");
            assertThat(page.text(id, "deny").toString()).doesNotContain("challenge");
            page.from(page.origin());

            JsonNode deny = page.text(id, "deny");
            String text = deny.path("text").asString();
            byte[] challenge = Passkey.challenge(parsed(text));
            Passkey.Assertion made = berta.assertion(challenge, page.origin(), true);
            String other = text.replace("decision deny", "decision approve");
            assertThat(rule(page.decide(other, made))).isEqualTo("approval.mismatch");
            assertThat(page.decide("wharf-approval v1", made).status()).isEqualTo(409);
            assertThat(page.decide(text, made).json().path("said").asString())
                    .isEqualTo("denied " + id + " as berta");
            assertThat(rule(page.decide(text, made))).isEqualTo("approval.spent");

            JsonNode yes = page.text(id, "approve");
            byte[] again = PageCaller.challenge(yes);
            Passkey.Assertion untouched = berta.assertion(again, page.origin(), false);
            assertThat(rule(page.decide(yes.path("text").asString(), untouched)))
                    .isEqualTo("approval.no-presence");
            assertThat(page.post("/api/decide", "").status()).isEqualTo(400);
        }
    }

    @Test
    void eachPasskeyOfAPersonDecidesAndNobodyElses() throws Exception {
        SoftKey second = SoftKey.passkey("localhost");
        SoftKey carl = SoftKey.passkey("localhost");
        String[] lines = {berta.line("berta"), second.line("berta"), carl.line("carl")};
        try (var shop = ApprovedShop.in(folder, REQUIRED, lines);
                var served = ServedShop.start(shop.project())) {
            String id = question(shop);
            var page = PageCaller.at(served);
            page.login(berta, page.origin(), true);
            JsonNode asked = page.text(id, "approve");
            String text = asked.path("text").asString();
            byte[] challenge = PageCaller.challenge(asked);
            assertThat(rule(page.decide(text, carl.assertion(challenge, page.origin(), true))))
                    .isEqualTo("approval.mismatch");
            assertThat(page.decide(text, second.assertion(challenge, page.origin(), true)).body())
                    .contains("approved " + id + " as berta");
        }
    }

    @Test
    void behindHttpsTheCookieIsTheSitesAloneAndSoIsTheKey() throws Exception {
        SoftKey outside = SoftKey.passkey("wharf.example.com");
        String site = "https://wharf.example.com";
        try (var shop = ApprovedShop.at(folder, site, outside.line("berta"), berta.line("berta"))) {
            try (var served = ServedShop.start(shop.project())) {
                var page = PageCaller.at(served).as(site);
                assertThat(page.login(outside, site, true).head())
                        .containsPattern(
                                "(?i)set-cookie: __Host-wharf=[^;]+; Path=/; HttpOnly;"
                                        + " SameSite=Strict; Secure\r");
                var here = PageCaller.at(served);
                assertThat(here.login(outside, here.origin(), true).status()).isEqualTo(403);
                assertThat(here.login(outside, site, true).status()).isEqualTo(403);
                assertThat(page.login(berta, site, true).status()).isEqualTo(403);
                assertThat(here.login(berta, here.origin(), true).status()).isEqualTo(200);
            }
        }
    }
}
