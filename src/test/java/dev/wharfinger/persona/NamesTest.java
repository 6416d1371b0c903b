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
