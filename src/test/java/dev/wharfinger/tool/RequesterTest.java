package dev.wharfinger.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.persona.Principal;

import org.junit.jupiter.api.Test;

/** Which person asks: {@code four_eyes} compares that name with the one who says yes. */
class RequesterTest {
    private final Approvers approvers =
            Approvers.parse(line("anna,anna@example.com,ann") + "\n" + line("ann"));

    private static String line(String names) {
        return SoftKey.of(SoftKey.Type.SK_ED25519).line("x").replaceFirst("x", names);
    }

    private String of(Principal principal) {
        return Requester.of(principal, approvers).orElseThrow();
    }

    @Test
    void aPersonIsKnownByNameAndByAliasWhateverTheCredential() {
        assertThat(of(Principal.oauth("7", "anna@example.com"))).isEqualTo("anna");
        assertThat(of(Principal.oauth("7", "anna"))).isEqualTo("anna");
        assertThat(of(Principal.local("anna@example.com"))).isEqualTo("anna");
        assertThat(of(Principal.local("root", "anna@example.com"))).isEqualTo("anna");
    }

    @Test
    void aNameOfAnApproverIsNobodysAlias() {
        assertThat(of(Principal.oauth("7", "ann"))).isEqualTo("ann");
    }

    @Test
    void whoeverStandsNowhereIsHimself() {
        assertThat(of(Principal.oauth("7", "carl@example.com"))).isEqualTo("carl@example.com");
        assertThat(of(new Principal("console:berta"))).isEqualTo("console:berta");
    }
}
