package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;

import java.util.List;

class RulesTest {
    @Test
    void acceptedRulesRefuseNothing() {
        assertThat(new Rules.Accepted("digest").refusal()).isEmpty();
    }

    @Test
    void withoutAConfigurationAPersonMustMakeOneAndTheShiftMayEnd() {
        var no = new Rules.Missing().refusal().orElseThrow();
        Cases.no(no, RuleId.CONFIG_MISSING, Opener.HUMAN);
        assertThat(no.remedy()).contains("wharf init");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }

    @Test
    void changedRulesAreNamedAndAPersonMustAcceptThem() {
        var no = new Rules.Changed("d", List.of("wharf.yaml", "approvers")).refusal().orElseThrow();
        Cases.no(no, RuleId.POLICY_CHANGED, Opener.HUMAN);
        assertThat(no.reason()).contains("wharf.yaml, approvers");
        assertThat(no.remedy()).contains("wharf trust");
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }
}
