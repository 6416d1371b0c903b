package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void aPersonasCommandIsItsNameBehindASlash() {
        assertThat(new PersonaName("deploy").command()).isEqualTo("/deploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Deploy", "/deploy", "1st", "a b", "a/b", "é", "-a"})
    void aPersonaCannotHaveSuchAName(String name) {
        assertThatThrownBy(() -> new PersonaName(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLocalPrincipalNamesItsUser() {
        assertThat(Principal.local("anna")).isEqualTo(new Principal("local:anna"));
    }

    @Test
    void anIssuersSubjectIsWrittenPlainlyAndItsPersonIsReadBack() {
        var plain = Principal.oauth("auth0|7", "anna");
        assertThat(plain.value()).isEqualTo("oauth:auth0|7@anna");
        assertThat(plain.person()).contains("anna");
        assertThat(plain.localUser()).isEmpty();
        var address = Principal.oauth("a@b\n\u202e%", "anna+x@example.com");
        assertThat(address.value()).isEqualTo("oauth:a%40b%0A%E2%80%AE%25@anna+x%40example.com");
        assertThat(address.person()).contains("anna+x@example.com");
    }

    @Test
    void twoSubjectsAreNeverOnePrincipal() {
        String large = "x".repeat(300);
        assertThat(Principal.oauth(large, "p".repeat(100)).value())
                .hasSizeLessThan(256)
                .isNotEqualTo(Principal.oauth(large + "x", "p".repeat(100)).value());
        String hashed = Principal.oauth(large, "p").value().substring("oauth:".length());
        assertThat(Principal.oauth(hashed.substring(0, hashed.indexOf('@')), "p"))
                .isNotEqualTo(Principal.oauth(large, "p"));
        assertThat(Principal.oauth("a@b", "c")).isNotEqualTo(Principal.oauth("a", "b@c"));
        assertThat(Principal.oauth("a%40b", "c")).isNotEqualTo(Principal.oauth("a@b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\0b"})
    void aPrincipalIsOneReadableLine(String text) {
        assertThatThrownBy(() -> new Principal(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statusWordsAreFoundInAnyCaseAndOthersAreNot() {
        assertThat(StatusWord.of(" done ")).contains(StatusWord.DONE);
        assertThat(StatusWord.of("PAUSED")).isEmpty();
        assertThat(StatusWord.DONE.text()).isEqualTo("✅ DONE");
    }
}
