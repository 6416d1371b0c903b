package dev.wharfinger.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;

/** Challenges of a login: ours, soon, once. */
class ChallengesTest {
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final Challenges challenges = new Challenges(new Random(7), () -> now);

    @Test
    void oneIsAnsweredOnce() {
        String one = challenges.next();
        assertThat(challenges.take(one)).isTrue();
        assertThat(challenges.take(one)).isFalse();
        assertThat(challenges.take(challenges.next())).isTrue();
    }

    @Test
    void oneIsAnsweredSoon() {
        String one = challenges.next();
        String other = challenges.next();
        now = now.plus(Duration.ofMinutes(3)).minusMillis(1);
        assertThat(challenges.take(one)).isTrue();
        now = now.plusMillis(1);
        assertThat(challenges.take(other)).isFalse();
        assertThat(challenges.take(one)).as("not again, now that it is forgotten").isFalse();
    }

    @Test
    void askingForManyPushesNobodysOut() {
        String mine = challenges.next();
        var all = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            all.add(challenges.next());
        }
        assertThat(all).hasSize(10_000);
        assertThat(challenges.take(mine)).isTrue();
    }

    @Test
    void anotherServersAndAChangedOneAreNotOurs() {
        assertThat(challenges.take(new Challenges(new Random(8), () -> now).next())).isFalse();
        byte[] bytes = Base64.getUrlDecoder().decode(challenges.next());
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(challenges.take(Base64.getUrlEncoder().encodeToString(changed)))
                    .as("byte %d", i)
                    .isFalse();
        }
        assertThat(challenges.take("")).isFalse();
        assertThat(challenges.take("AAAA")).isFalse();
    }

    @Test
    void anotherSpellingIsTheSameOne() {
        String one = challenges.next();
        String padded = Base64.getUrlEncoder().encodeToString(Base64.getUrlDecoder().decode(one));
        assertThat(challenges.take(one)).isTrue();
        assertThat(challenges.take(padded)).isFalse();
    }
}
