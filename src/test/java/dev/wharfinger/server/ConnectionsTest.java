package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharfinger.mcp.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Who may be connected, counted; and a real server that turns the rest away. */
class ConnectionsTest {
    private static InetAddress at(String address) {
        return InetAddress.ofLiteral(address);
    }

    @Test
    void oneAddressHasItsShareAndOthersStillComeIn() {
        Connections connections = new Connections(5, 2, List.of());
        assertThat(connections.enter(at("192.0.2.1"))).isTrue();
        assertThat(connections.enter(at("192.0.2.1"))).isTrue();
        assertThat(connections.enter(at("192.0.2.1"))).isFalse();
        assertThat(connections.enter(at("192.0.2.2"))).isTrue();
        connections.leave(at("192.0.2.1"));
        assertThat(connections.enter(at("192.0.2.1"))).isTrue();
        assertThat(connections.all()).isEqualTo(3);
    }

    @Test
    void aCustomersNetworkOfIpv6IsOneAddress() {
        Connections connections = new Connections(9, 1, List.of());
        assertThat(connections.enter(at("2001:db8:0:1::1"))).isTrue();
        assertThat(connections.enter(at("2001:db8:0:1:ffff::2"))).isFalse();
        assertThat(connections.enter(at("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void aProxyAndThisMachineHaveOnlyTheLimitOfAll() {
        Connections connections = new Connections(4, 1, List.of(Network.of("10.0.0.0/8")));
        assertThat(connections.enter(at("10.9.9.9"))).isTrue();
        assertThat(connections.enter(at("10.9.9.9"))).isTrue();
        assertThat(connections.enter(at("127.0.0.1"))).isTrue();
        assertThat(connections.enter(at("127.0.0.1"))).isTrue();
        assertThat(connections.enter(at("127.0.0.1"))).isFalse();
        assertThat(connections.enter(at("192.0.2.1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.1,false",
        "192.0.2.128/25,192.0.2.200,true",
        "192.0.2.128/25,192.0.2.100,false",
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.8,false",
        "0.0.0.0/0,192.0.2.8,true",
        "0.0.0.0/0,2001:db8::1,false",
        "fd00::/8,fd12::1,true",
        "fd00::/8,fe80::1,false",
    })
    void aNetworkHoldsItsAddressesAndNoOthers(String network, String address, boolean holds) {
        assertThat(Network.of(network).holds(at(address))).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "proxy", "", "/8", "::/129"})
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> Network.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`");
    }

    @Test
    void whoComesToAFullServerIsTold503AndHasRoomWhenOneLeaves() throws IOException {
        HttpServer.Limits usual = HttpFixture.LIMITS;
        var limits =
                new HttpServer.Limits(
                        usual.bodyBytes(),
                        usual.bodiesBytes(),
                        usual.sessions(),
                        usual.sessionIdle(),
                        new HttpServer.Crowd(20, 1000),
                        usual.patience());
        List<RawHttp> crowd = new ArrayList<>();
        try (HttpFixture http = new HttpFixture(new SecureRandom(), limits)) {
            for (int i = 0; i < 20; i++) {
                RawHttp one = new RawHttp(http.port());
                one.send(HttpFixture.modernRequest("tools/list", "", ""));
                assertThat(one.receive().status()).isEqualTo(200);
                crowd.add(one);
            }
            try (RawHttp late = new RawHttp(http.port())) {
                RawHttp.Response told = late.receive();
                assertThat(told.status()).isEqualTo(503);
                assertThat(told.header("Retry-After")).contains("10");
                assertThat(late.isClosed()).isTrue();
            }
            crowd.removeFirst().close();
            int status = 503;
            long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (status == 503 && System.nanoTime() < until) {
                status = http.modern("tools/list", "", "").status();
            }
            assertThat(status).as("the server notices who has gone").isEqualTo(200);
        } finally {
            for (RawHttp one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAsTheWorldsNo() {
        try (HttpFixture http = new HttpFixture()) {
            assertThatThrownBy(() ->
                            HttpServer.start(
                                    HttpServer.Front.loopback(http.port()),
                                    new Protocol(
                                            http.harbour,
                                            new SecureRandom(),
                                            InstantSource.system()),
                                    new DurableAnswers(Durability.none()),
                                    headers -> new Admission.Decision.Admitted("anna"),
                                    HttpFixture.LIMITS,
                                    new SecureRandom(),
                                    InstantSource.system()))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + http.port());
        }
    }
}
