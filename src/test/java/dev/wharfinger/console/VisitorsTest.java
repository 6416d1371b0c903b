package dev.wharfinger.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.Approver;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.SoftKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Who is logged in, and until when. */
class VisitorsTest {
    private static final String LINES =
            SoftKey.passkey("localhost").line("anna")
                    + "\n"
                    + SoftKey.passkey("localhost").line("berta");

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private Approvers approvers = Approvers.parse(LINES);
    private final Approver anna = approvers.all().getFirst();
    private final Visitors visitors = new Visitors(new Random(7), () -> now, () -> approvers);

    @Test
    void aCookieShowsWhoIsHereForAnHour() {
        String cookie = visitors.login(anna);
        now = now.plus(Duration.ofHours(1)).minusMillis(1);
        assertThat(visitors.of(Optional.of(cookie)).orElseThrow().person()).isEqualTo(anna);
        now = now.plusMillis(1);
        assertThat(visitors.of(Optional.of(cookie))).isEmpty();
        now = now.minus(Duration.ofHours(1));
        assertThat(visitors.of(Optional.of(cookie))).as("it is not revived").isEmpty();
    }

    @Test
    void whoeverIsRevokedIsOutAtOnce() {
        String cookie = visitors.login(anna);
        approvers = Approvers.parse(LINES.lines().skip(1).findFirst().orElseThrow());
        assertThat(visitors.of(Optional.of(cookie))).isEmpty();
        String berta = visitors.login(approvers.all().getFirst());
        assertThat(visitors.of(Optional.of(berta))).isPresent();
    }

    @Test
    void whoeverLeavesIsOutAndNobodyElse() {
        String one = visitors.login(anna);
        String other = visitors.login(anna);
        visitors.logout(Optional.of(one));
        visitors.logout(Optional.empty());
        assertThat(visitors.of(Optional.of(one))).isEmpty();
        assertThat(visitors.of(Optional.of(other))).isPresent();
        assertThat(visitors.of(Optional.of(other + "x"))).isEmpty();
        assertThat(visitors.of(Optional.empty())).isEmpty();
    }

    @Test
    void eachLoginHasATokenOfItsOwn() {
        String one = visitors.login(anna);
        String other = visitors.login(anna);
        assertThat(one).isNotEqualTo(other);
        assertThat(visitors.of(Optional.of(one)).orElseThrow().csrf())
                .isNotEqualTo(visitors.of(Optional.of(other)).orElseThrow().csrf());
    }
}
