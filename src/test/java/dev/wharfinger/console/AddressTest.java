package dev.wharfinger.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/** Where passkeys are touched. */
class AddressTest {
    private static final URI OUTSIDE = URI.create("https://Wharf.example.com");

    private static Address of(String host, URI... outside) {
        var ask = new Ask(7420, "GET", "/", Map.of(), Map.of("host", host), new byte[0]);
        return Address.of(ask, Stream.of(outside).findFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:7420", "LOCALHOST:7420"})
    void theServersOwnPortOfThisMachineHasPasskeys(String host) {
        Address address = of(host);
        assertThat(address.hasPasskeys()).isTrue();
        assertThat(address.site()).isEqualTo("localhost");
        assertThat(address.isSecure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:80",
                "localhost:7421",
                "localhost:07420",
                "127.0.0.1:7420",
                "[::1]:7420",
                "wharf.example.com",
                "wharf.example.com:7420"
            })
    void noOtherAddressHas(String host) {
        assertThat(of(host).hasPasskeys()).isFalse();
    }

    @Test
    void theNameThatPeopleUseHasThemByHttps() {
        Address address = of("wharf.example.com", OUTSIDE);
        assertThat(address.hasPasskeys()).isTrue();
        assertThat(address.isSecure()).isTrue();
        assertThat(address.origin()).isEqualTo("https://wharf.example.com");
        assertThat(address.site()).isEqualTo("wharf.example.com");
        assertThat(of("localhost:7420", OUTSIDE).hasPasskeys()).isTrue();
        assertThat(of("wharf.example.com:8443", OUTSIDE).hasPasskeys()).isFalse();
    }

    @Test
    void aNameInTheClearHasNoneButATunnelToThisMachine() {
        assertThat(of("wharf.lan", URI.create("http://wharf.lan")).hasPasskeys()).isFalse();
        URI tunnel = URI.create("http://localhost:8000");
        assertThat(of("localhost:8000", tunnel).hasPasskeys()).isTrue();
        assertThat(of("localhost:8001", tunnel).hasPasskeys()).isFalse();
    }
}
