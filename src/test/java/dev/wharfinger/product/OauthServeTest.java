package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;

import dev.wharfinger.identity.IssuerFixture;
import dev.wharfinger.identity.TokenDraft;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code wharf serve} with an issuer: what is answered to whom, over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OauthServeTest {
    private static final String HERE = "https://wharf.example.com/mcp";
    private static final String METADATA =
            "resource_metadata=\"https://wharf.example.com/.well-known/oauth-protected-resource/mcp\"";
    private static final String SCOPE = "scope=\"persona:deploy\"";

    private IssuerFixture issuer;
    private ApprovedShop shop;
    private ServedShop served;
    private TokenHolder holder;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        issuer = new IssuerFixture();
        shop =
                ApprovedShop.serving(
                        folder,
                        "url: \"https://wharf.example.com\", oauth: { issuer: \"%s\" }"
                                .formatted(issuer.issuer()));
        served = ServedShop.start(shop.project());
        holder = new TokenHolder(served);
    }

    @AfterAll
    void close() {
        served.close();
        shop.close();
        issuer.close();
    }

    private TokenDraft draft() {
        return issuer.token(HERE, Instant.now().getEpochSecond());
    }

    private HttpResponse<String> ask(String... authorizations) throws Exception {
        return holder.ask(authorizations);
    }

    private HttpResponse<String> bearing(TokenDraft draft) throws Exception {
        return ask("Bearer " + draft.text());
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private static void says(HttpResponse<String> answer, int status, String... parts) {
        assertThat(answer.statusCode()).as("%s", challenge(answer)).isEqualTo(status);
        assertThat(challenge(answer)).contains(parts);
        assertThat(answer.body()).contains("\"jsonrpc\":\"2.0\"").doesNotContain("at dev.");
    }

    @Test
    void whoeverHasNoTokenLearnsWhomToAsk() throws Exception {
        says(ask(), 401, "Bearer ", METADATA, SCOPE);
        assertThat(challenge(ask())).doesNotContain("error");
        for (String path : List.of("", "/mcp")) {
            var page = served.get("/.well-known/oauth-protected-resource" + path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
            JsonNode metadata = StdioClient.JSON.readTree(page.body());
            assertThat(metadata.path("resource").asString()).isEqualTo(HERE);
            assertThat(metadata.path("authorization_servers").toString())
                    .isEqualTo("[\"" + issuer.issuer() + "\"]");
            assertThat(metadata.path("scopes_supported").toString())
                    .isEqualTo("[\"persona:deploy\"]");
            assertThat(metadata.path("bearer_methods_supported").toString())
                    .isEqualTo("[\"header\"]");
            assertThat(metadata.path("resource_name").asString()).isEqualTo("Wharfinger: shop");
        }
        assertThat(served.get("/.well-known/oauth-protected-resource/other").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theMetadataIsNotForForeignHostsAndPages() throws Exception {
        String get = "GET /.well-known/oauth-protected-resource HTTP/1.1\r\nHost: ";
        String here = "127.0.0.1:" + served.mcp().getPort();
        assertThat(served.raw(get + here + "\r\n\r\n")).contains(" 200 ");
        assertThat(served.raw(get + "evil.example\r\n\r\n")).contains(" 403 ");
        assertThat(served.raw(get + here + "\r\nOrigin: https://evil.example\r\n\r\n"))
                .contains(" 403 ");
        assertThat(served.raw(get.replace("GET", "DELETE") + here + "\r\n\r\n")).contains(" 405 ");
    }

    @Test
    void aTokenOfTheIssuerLetsInAndOthersDoNot() throws Exception {
        assertThat(bearing(draft()).statusCode()).isEqualTo(200);
        for (String scheme : List.of("bearer", "BEARER", "bEaReR")) {
            assertThat(ask(scheme + " " + draft().text()).statusCode()).isEqualTo(200);
        }
        String[] no = {"error=\"invalid_token\"", METADATA, SCOPE};
        says(bearing(draft().with("aud", "https://other.example/mcp")), 401, no);
        says(bearing(draft().with("exp", 1_700_000_000)), 401, no);
        says(bearing(draft().with("iss", "https://auth.example")), 401, no);
        says(bearing(draft().head("alg", "none")), 401, no);
        says(bearing(draft().with("note", "x".repeat(8000))), 401, no);
        var foreign = IssuerFixture.ec("k1", Curve.P_256);
        says(bearing(draft().by(foreign, JWSAlgorithm.ES256)), 401, no);
        says(ask("Bearer a.b.c"), 401, no);
        says(ask("Bearer wharf_nonsense"), 401, no);
    }

    @Test
    void whatIsNoBearerTokenIsMalformedOrNotThere() throws Exception {
        String good = draft().text();
        String[] no = {"error=\"invalid_request\"", METADATA};
        says(ask("Bearer " + good, "Bearer " + good), 400, no);
        says(ask("Bearer " + good, "Basic YTpi"), 400, no);
        says(ask("Bearer"), 400, no);
        says(ask("Bearer " + good + " " + good), 400, no);
        says(ask("Bearer\t" + good), 400, no);
        says(ask(good), 400, no);
        says(ask("Basic YTpi"), 401, METADATA);
        assertThat(challenge(ask("Basic YTpi"))).doesNotContain("error");
    }

    @Test
    void aTokenInTheAddressIsNotRead() throws Exception {
        says(holder.askAt("/mcp?access_token=" + draft().text()), 401, METADATA);
    }

    @Test
    void exactlyOneKnownPersonaDecides() throws Exception {
        String[] step = {"error=\"insufficient_scope\"", METADATA, SCOPE, "no persona scope"};
        says(bearing(draft().without("scope")), 403, step);
        says(bearing(draft().with("scope", "openid profile")), 403, step);
        says(bearing(draft().with("scope", "persona:admiral")), 403, step);
        says(bearing(draft().with("scope", "persona:DEPLOY")), 403, step);
        says(
                bearing(draft().with("scope", "persona:deploy persona:test")),
                403,
                "error=\"insufficient_scope\"",
                "ask for one scope",
                SCOPE);
        says(bearing(draft().with("scp", List.of("persona:test"))), 403, "ask for one scope");
        assertThat(bearing(draft().with("scope", "persona:deploy persona:admiral")).statusCode())
                .isEqualTo(200);
        assertThat(
                        bearing(draft().without("scope").with("scp", List.of("persona:test")))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePersonaIsTheTokensAndWhatItMayNotIsRefusedInTheJournal() throws Exception {
        String tester = draft().with("scope", "persona:test").with("sub", "tilda").text();
        JsonNode refused = served.call(tester, "deploy", Map.of("plan", "p"));
        assertThat(StdioClient.rule(refused)).isEqualTo("tool.not-yours");
        assertThat(served.get("/metrics").body())
                .contains("wharf_refusals_total{rule=\"tool.not-yours\"}");
        JsonNode own = served.call(tester, "shift_status", Map.of());
        assertThat(own.path("isError").asBoolean(false)).isFalse();
    }

    @Test
    void aPersonMustBeNamed() throws Exception {
        assertThat(bearing(draft().with("sub", "anna@example.com")).statusCode()).isEqualTo(200);
        HttpResponse<String> nobody = bearing(draft().with("sub", "\u202Eanna"));
        assertThat(nobody.statusCode()).isEqualTo(403);
        assertThat(nobody.body()).contains("the token names no person in `sub`");
        assertThat(challenge(nobody)).as("no other scope would help").isEmpty();
    }

    @Test
    void tokensOfWharfKeepWorkingBesideThem() throws Exception {
        assertThat(ask("Bearer " + served.token()).statusCode()).isEqualTo(200);
        says(ask("Bearer " + served.token() + "x"), 401, "invalid_token", METADATA);
    }

    @Test
    void aSessionBelongsToOneSubjectOfOneClient() throws Exception {
        String anna = draft().text();
        String session = holder.open(anna);
        assertThat(holder.ping(session, anna)).isEqualTo(200);
        assertThat(holder.ping(session, draft().with("jti", "later").text()))
                .as("a fresh token of the same")
                .isEqualTo(200);
        assertThat(holder.ping(session, draft().with("sub", "berta").text())).isEqualTo(404);
        assertThat(holder.ping(session, draft().with("client_id", "other").text())).isEqualTo(404);
        assertThat(holder.ping(session, draft().with("scope", "persona:test").text()))
                .isEqualTo(404);
        assertThat(holder.ping(session, served.token())).isEqualTo(404);
        assertThat(holder.ping(session, "a.b.c")).isEqualTo(401);
        assertThat(holder.ping(session, anna)).as("and it lives on").isEqualTo(200);
    }

    @Test
    void anAuditorsTokenReadsTheLog() throws Exception {
        String entries = "/log/tile/entries/000.p/1";
        assertThat(holder.get(entries, "").statusCode()).isEqualTo(401);
        assertThat(challenge(holder.get(entries, ""))).contains(METADATA);
        assertThat(holder.get(entries, draft().text()).statusCode()).isEqualTo(403);
        assertThat(
                        holder.get(entries, draft().with("scope", "persona:auditor").text())
                                .statusCode())
                .isEqualTo(200);
    }
}
