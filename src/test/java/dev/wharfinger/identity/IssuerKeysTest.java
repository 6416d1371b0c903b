package dev.wharfinger.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;

import dev.wharfinger.identity.AccessTokens.Reading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** When the issuer's keys are fetched, from where, and what holds while they cannot be. */
class IssuerKeysTest {
    private static final String HERE = "https://wharf.example.com/mcp";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final IssuerFixture issuer = new IssuerFixture();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.ofEpochSecond(1_800_000_000));
    private final AccessTokens tokens = new AccessTokens(issuer.settings(HERE), now::get);

    IssuerKeysTest() throws IOException {}

    @AfterEach
    void close() {
        issuer.close();
    }

    private void later(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private Reading read(ECKey key) {
        return tokens.read(
                issuer.token(HERE, now.get().getEpochSecond()).by(key, JWSAlgorithm.ES256).text());
    }

    private boolean counts(ECKey key) {
        Reading reading = read(key);
        return (reading instanceof Reading.Asks(var asked) ? asked.get() : reading)
                instanceof Reading.Valid;
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        ECKey key = issuer.rotate("a");
        for (int i = 0; i < 20; i++) {
            assertThat(counts(key)).isTrue();
        }
        assertThat(issuer.asked("/jwks")).isOne();
        assertThat(read(key)).isInstanceOf(Reading.Valid.class);
    }

    @Test
    void aNewKeyCountsWithoutARestartAndTheOldOneNoMore() {
        ECKey old = issuer.rotate("old");
        assertThat(counts(old)).isTrue();
        ECKey fresh = issuer.rotate("fresh");
        assertThat(counts(fresh)).as("asked for half a minute ago at most").isFalse();
        later(IssuerKeys.PAUSE);
        assertThat(counts(fresh)).isTrue();
        assertThat(counts(old)).isFalse();
        assertThat(issuer.asked("/jwks")).isEqualTo(2);
    }

    @Test
    void aWithdrawnKeyStopsCountingAfterTenMinutes() {
        ECKey old = issuer.rotate("old");
        assertThat(counts(old)).isTrue();
        issuer.rotate("fresh");
        later(IssuerKeys.FRESH.minusSeconds(1));
        assertThat(counts(old)).isTrue();
        later(Duration.ofSeconds(1));
        assertThat(counts(old)).isFalse();
    }

    @Test
    void unknownKeysMakeUsAskOnceInHalfAMinute() throws Exception {
        assertThat(counts(issuer.rotate("a"))).isTrue();
        later(IssuerKeys.PAUSE);
        ECKey[] unknown =
                IntStream.range(0, 50)
                        .mapToObj(i -> IssuerFixture.ec("u" + i, Curve.P_256))
                        .toArray(ECKey[]::new);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            List<Future<Boolean>> all =
                    Arrays.stream(unknown)
                            .map(key ->
                                    threads.submit(() -> {
                                        start.await();
                                        return counts(key);
                                    }))
                            .toList();
            start.countDown();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isFalse();
            }
        }
        assertThat(issuer.asked("/jwks")).isEqualTo(2);
        later(IssuerKeys.PAUSE);
        assertThat(counts(unknown[0])).isFalse();
        assertThat(issuer.asked("/jwks")).isEqualTo(3);
    }

    @Test
    void whileTheIssuerIsDownTheOldKeysGoOnForAnHourAndNotLonger() {
        ECKey key = issuer.rotate("a");
        assertThat(counts(key)).isTrue();
        issuer.page("/jwks", IssuerFixture.status(503));
        later(IssuerKeys.KEPT.minusSeconds(1));
        assertThat(counts(key)).isTrue();
        later(IssuerKeys.PAUSE);
        assertThat(counts(key)).isFalse();
        assertThat(read(key)).isInstanceOf(Reading.Unsure.class);
        issuer.publish(key);
        later(IssuerKeys.PAUSE);
        assertThat(counts(key)).as("it is there again").isTrue();
    }

    @Test
    void withoutKeysNothingCounts() {
        issuer.page(METADATA, IssuerFixture.status(500));
        ECKey key = issuer.rotate("a");
        assertThat(tokens.prepare()).isFalse();
        assertThat(read(key)).isInstanceOf(Reading.Unsure.class);
        later(IssuerKeys.PAUSE);
        assertThat(counts(key)).isFalse();
    }

    @Test
    void aRedirectIsNotFollowed() {
        ECKey key = issuer.rotate("a");
        issuer.page("/elsewhere", IssuerFixture.json("{\"keys\":[]}"));
        issuer.page(
                "/jwks",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", issuer.issuer() + "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        assertThat(counts(key)).isFalse();
        assertThat(issuer.asked("/elsewhere")).isZero();
    }

    @Test
    void aPageThatIsTooLargeIsNotRead() {
        ECKey key = issuer.rotate("a");
        String keys = "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]%s}";
        issuer.page("/jwks", IssuerFixture.json(keys.formatted(" ".repeat(262_144))));
        assertThat(counts(key)).isFalse();
        issuer.page("/jwks", IssuerFixture.json(keys.formatted(" ".repeat(200_000))));
        later(IssuerKeys.PAUSE);
        assertThat(counts(key)).isTrue();
    }

    @Test
    void aPageThatComesSlowlyIsCutOff() {
        ECKey key = issuer.rotate("a");
        var released = new CountDownLatch(1);
        issuer.page(
                "/jwks",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("{\"keys\":[".getBytes());
                    exchange.getResponseBody().flush();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });
        long begun = System.nanoTime();
        assertThat(counts(key)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
        released.countDown();
    }

    @Test
    void metadataOfAnotherIssuerIsNotBelieved() {
        ECKey key = issuer.rotate("a");
        String keys = issuer.issuer() + "/jwks";
        issuer.page(
                METADATA,
                IssuerFixture.json(
                        "{\"issuer\":\"http://127.0.0.1:1\",\"jwks_uri\":\"%s\"}".formatted(keys)));
        assertThat(counts(key)).isFalse();
        assertThat(issuer.asked("/jwks")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://auth.example/jwks",
        "file:///etc/passwd",
        "ftp://127.0.0.1/k",
        "jwks",
        "''"
    })
    void keysAtAPlaceThatIsNeitherEncryptedNorHereAreNotAsked(String place) throws IOException {
        issuer.page(
                METADATA,
                IssuerFixture.json(
                        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                                .formatted(issuer.issuer(), place)));
        assertThatThrownBy(() -> new IssuerPages(issuer.settings(HERE)).keys())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names keys at a place that is not asked");
    }

    @Test
    void openIdsMetadataIsAskedWhereTheOtherIsNot() {
        ECKey key = issuer.rotate("a");
        issuer.page(METADATA, IssuerFixture.status(404));
        issuer.page(
                OPENID,
                IssuerFixture.json(
                        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}"
                                .formatted(issuer.issuer(), issuer.issuer())));
        assertThat(counts(key)).isTrue();
        assertThat(issuer.asked(METADATA)).isOne();
    }

    @Test
    void aPlaceOfKeysThatPeopleNamedIsAskedAlone() {
        ECKey key = issuer.rotate("a");
        OauthSettings usual = issuer.settings(HERE);
        var named =
                new OauthSettings(
                        usual.issuer(),
                        Optional.of(URI.create(issuer.issuer() + "/jwks")),
                        usual.audience(),
                        usual.algorithms(),
                        usual.person());
        assertThat(new AccessTokens(named, now::get).prepare()).isTrue();
        assertThat(issuer.asked(METADATA)).isZero();
        assertThat(counts(key)).isTrue();
    }

    @Test
    void anIssuerWithAPathIsAskedAsTheStandardsSay() {
        assertThat(IssuerPages.places(URI.create("https://a.example/tenant/")))
                .extracting(URI::toString)
                .containsExactly(
                        "https://a.example/.well-known/oauth-authorization-server/tenant",
                        "https://a.example/.well-known/openid-configuration/tenant",
                        "https://a.example/tenant/.well-known/openid-configuration");
        assertThat(IssuerPages.places(URI.create("https://a.example"))).hasSize(2);
    }

    @Test
    void keysThatNobodyHereKnowsAreLeftOutAndTheOthersCount() throws IOException {
        ECKey key = issuer.rotate("a");
        String known = key.toPublicJWK().toJSONString();
        issuer.page(
                "/jwks",
                IssuerFixture.json(
                        "{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"pq\"},7,{},{\"kty\":\"EC\"},%s]}"
                                .formatted(known)));
        assertThat(new IssuerPages(issuer.settings(HERE)).keys())
                .extracting(JWK::getKeyID)
                .containsExactly("a");
        assertThat(counts(key)).isTrue();
    }

    @Test
    void aSecretThatAnIssuerPublishesIsNoKey() throws IOException {
        issuer.page(
                "/jwks",
                IssuerFixture.json("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAA\"}]}"));
        assertThat(new IssuerPages(issuer.settings(HERE)).keys()).isEmpty();
    }
}
