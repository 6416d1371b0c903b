package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** What a hotfix owes, and until when. */
class HotfixDebtTest {
    private static final Instant MADE = WalkFacts.NOW;
    private static final HotfixDebt DEBT =
            HotfixDebt.of(new WalkFacts(Cases.DEPLOY).plan(Cases.FRESH), MADE);

    @Test
    void itsTestsAreOwedWithin48Hours() {
        Instant due = MADE.plus(Duration.ofHours(48));
        assertThat(DEBT.isOverdue(due.minusMillis(1))).isFalse();
        assertThat(DEBT.isOverdue(due)).isTrue();
    }

    @Test
    void afterwardsTheNextPlanIsRefusedAndTestCanLiftThat() {
        var no =
                Cases.no(
                        DEBT.refusal(),
                        RuleId.PROHIBITION_UNTESTED_CODE,
                        new Opener.Persona("/test"));
        assertThat(no.reason())
                .contains("`1.0.0`", "`staging`", MADE.plusSeconds(48 * 3600).toString());
        assertThat(Cases.next(no)).startsWith("write_handoff{outcome=blocked");
    }
}
