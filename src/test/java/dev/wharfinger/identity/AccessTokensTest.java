package dev.wharfinger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;

import dev.wharfinger.identity.AccessTokens.Reading;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Which tokens count: each against keys that a real server publishes, each yes beside its no. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTokensTest {
    private TokenCases cases;
    private IssuerFixture issuer;
    private IssuerFixture stranger;

    @BeforeAll
    void publish() throws Exception {
        cases = new TokenCases();
        issuer = cases.issuer;
        stranger = cases.stranger;
    }

    @AfterAll
    void close() {
        cases.close();
    }

    Stream<TokenCases.Case> all() throws Exception {
        return cases.all();
    }

    private TokenDraft draft() {
        return cases.draft();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTokenCountsOrDoesNot(TokenCases.Case one) {
        Reading reading = read(one.token());
        if (one.why().isEmpty()) {
            assertThat(reading).isInstanceOf(Reading.Valid.class);
            return;
        }
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        String why = ((Reading.Invalid) reading).why();
        assertThat(why).contains(one.why());
        for (String part : one.token().split("\\.")) {
            if (part.length() > 4) {
                assertThat(why).doesNotContain(part);
            }
        }
    }

    private Reading read(String token) {
        Reading reading =
                new AccessTokens(
                                issuer.settings(TokenCases.HERE),
                                () -> Instant.ofEpochSecond(TokenCases.NOW))
                        .read(token);
        return reading instanceof Reading.Asks(var asked) ? asked.get() : reading;
    }

    @Test
    void theMatrixIsLarge() throws Exception {
        assertThat(all().filter(one -> one.why().isEmpty()).count()).isGreaterThan(15);
        assertThat(all().filter(one -> !one.why().isEmpty()).count()).isGreaterThan(60);
    }

    @Test
    void placesThatATokenNamesAreNeverAsked() {
        JWK foreign = IssuerFixture.ec("foreign", Curve.P_256);
        for (String name : List.of("jku", "x5u")) {
            for (JWK key : List.of(cases.p256, foreign)) {
                read(
                        draft().by(key, JWSAlgorithm.ES256)
                                .head(name, stranger.issuer() + "/named")
                                .text());
            }
        }
        assertThat(stranger.asked("/named")).isZero();
    }

    @Test
    void aTokenThatIsNotForUsNeverMakesUsAsk() {
        long before = issuer.asked("/jwks");
        read(draft().with("iss", stranger.issuer()).text());
        read(draft().with("aud", "https://a.example").text());
        read(draft().with("exp", 1).text());
        read("a.b.c");
        assertThat(issuer.asked("/jwks")).isEqualTo(before);
        read(draft().text());
        assertThat(issuer.asked("/jwks")).isEqualTo(before + 1);
    }

    @Test
    void whatATokenSaysIsReadAsItStands() {
        AccessToken plain = token(draft());
        assertThat(plain.subject()).isEqualTo("anna");
        assertThat(plain.client()).isEqualTo("cli");
        assertThat(plain.person()).contains("anna");
        assertThat(plain.personas()).extracting("value").containsExactly("deploy");
        assertThat(token(draft().without("client_id").with("azp", "app")).client())
                .isEqualTo("app");
        assertThat(token(draft().with("sub", "a b")).person()).isEmpty();
        assertThat(token(draft().with("sub", "auth0|7")).person()).contains("auth0|7");
    }

    @Test
    void scopesAreReadInEachFormThatIssuersWrite() {
        assertThat(personas("scope", "openid persona:test profile")).containsExactly("test");
        assertThat(personas("scope", "persona:test persona:test")).containsExactly("test");
        assertThat(personas("scope", "persona:test persona:deploy"))
                .containsExactly("test", "deploy");
        assertThat(personas("scope", List.of("persona:test"))).containsExactly("test");
        assertThat(personas("scope", "Persona:test persona:Test persona: xpersona:test test"))
                .isEmpty();
        assertThat(
                        token(draft().without("scope").with("scp", List.of("persona:auditor")))
                                .personas())
                .extracting("value")
                .containsExactly("auditor");
        assertThat(token(draft().with("scp", "persona:auditor")).personas())
                .as("both are read, so none hides the other")
                .hasSize(2);
        assertThat(token(draft().without("scope")).personas()).isEmpty();
    }

    private List<String> personas(String claim, Object value) {
        return token(draft().with(claim, value)).personas().stream()
                .map(name -> name.value())
                .toList();
    }

    private AccessToken token(TokenDraft draft) {
        return ((Reading.Valid) read(draft.text())).token();
    }
}
