package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.ledger.ScopeFinding.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class CharterTest {
    private static final String CHARTER =
            """
            # Charter

            ## Scope

            ### ✅ In Scope
            - Billing export to the bank
            - **Invoices**: create and send
            - Kubernetes manifests for staging

            ### 🚫 Out of Scope
            - Mobile app
            - Payments (card and wallet)
            - Changes to the database schema
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "deploy the mobile app v2#SCOPE_CREEP",
                "add card payment to the page#SCOPE_CREEP",
                "deploy a database schema change#SCOPE_CREEP",
                "ship the billing export v1.2#IN_SCOPE",
                "send invoices faster#IN_SCOPE",
                "deploy v1.2.3 to staging#UNKNOWN",
                "deploy the mobile page#UNKNOWN",
                "#UNKNOWN",
            })
    void aRequestIsComparedWordByWord(String request, Verdict verdict) {
        var asked = Optional.ofNullable(request).orElse("");
        assertThat(charter(CHARTER).scope(asked, Optional.empty()).verdict()).isEqualTo(verdict);
    }

    @Test
    void theFindingNamesTheLines() {
        var finding = charter(CHARTER).scope("the mobile app please", Optional.empty());
        assertThat(finding.lines()).extracting(item -> item.source().line()).containsExactly(11);
        assertThat(finding.reason()).contains("Mobile app");
    }

    @Test
    void aNamedItemCountsWhenItIsExact() {
        var charter = charter(CHARTER);
        assertThat(charter.scope("deploy v1", Optional.of("billing export to the bank")).verdict())
                .isEqualTo(Verdict.IN_SCOPE);
        assertThat(charter.scope("deploy v1", Optional.of("Invoices")).verdict())
                .isEqualTo(Verdict.IN_SCOPE);
        assertThat(charter.scope("deploy v1", Optional.of("billing")).verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(charter.scope("deploy v1", Optional.of("Mobile app")).verdict())
                .isEqualTo(Verdict.SCOPE_CREEP);
    }

    @Test
    void aNamedItemDoesNotOutweighWhatIsOutOfScope() {
        assertThat(charter(CHARTER).scope("the mobile app", Optional.of("Invoices")).verdict())
                .isEqualTo(Verdict.SCOPE_CREEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Out of scope\n\n1. Mobile app\n",
                "## Non-goals\n\nMobile app\n",
                "**Out of scope:** web shop, mobile app\n",
                "- In scope: billing\n- Out of scope: mobile app\n",
                "- Out of scope\n  - Mobile app\n",
                "| In scope | Out of scope |\n|---|---|\n| billing | Mobile app |\n",
                "## Out of scope\n\n"
                        + "| # | Item | Why |\n"
                        + "|---|---|---|\n"
                        + "| 1 | Mobile app | later |\n",
                "## Scope\n\n**In scope:** billing\n\n**Out of scope:** mobile apps\n",
            })
    void theLayoutsOfCharters(String text) {
        var charter = charter("# C\n\n" + text);
        assertThat(charter.scope("the mobile app", Optional.empty()).verdict())
                .isEqualTo(Verdict.SCOPE_CREEP);
        assertThat(charter.scope("the desktop app", Optional.empty()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void factsChangeWithTheItemsAndWithNothingElse() {
        var facts = charter(CHARTER).factsDigest();
        assertThat(charter(CHARTER + "\n## People\n- Anna\n").factsDigest()).isEqualTo(facts);
        assertThat(charter(CHARTER.replace("Mobile app", "Mobile")).factsDigest())
                .isNotEqualTo(facts);
        assertThat(charter(CHARTER.replace("Out of Scope", "In scope, too")).factsDigest())
                .isNotEqualTo(facts);
    }

    @Test
    void aCharterThatSaysNothingMakesEverythingUnknown() {
        assertThat(charter("# C\n").scope("anything", Optional.empty()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
        var template = Charter.parse("CHARTER.md", LedgerFile.CHARTER.template());
        assertThat(template.items()).isEmpty();
    }

    private static Charter charter(String text) {
        return Charter.parse("CHARTER.md", bytes(text));
    }
}
