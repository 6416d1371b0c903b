package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class FreezeWindowTest {
    private static final String WEEKEND = "Fri 16:00 - Mon 08:00 Europe/Berlin";

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:59:59Z, false",
        "2026-11-20T15:00:00Z, true",
        "2026-11-22T12:00:00Z, true",
        "2026-11-23T06:59:59Z, true",
        "2026-11-23T07:00:00Z, false",
        "2026-07-03T14:00:00Z, true"
    })
    void theWindowIsByTheClockOfItsZone(Instant moment, boolean frozen) {
        assertThat(FreezeWindow.parse(WEEKEND).covers(moment)).isEqualTo(frozen);
    }

    @Test
    void theEndIsTheFirstMomentThatIsFreeAgain() {
        var window = FreezeWindow.parse(WEEKEND);
        var end = window.end(Instant.parse("2026-11-21T10:00:30Z"));
        assertThat(end).isEqualTo(Instant.parse("2026-11-23T07:00:00Z"));
        assertThat(window.covers(end)).isFalse();
        assertThat(window.end(end)).isEqualTo(end);
    }

    @Test
    void itReadsAsItIsWritten() {
        assertThat(FreezeWindow.parse(WEEKEND)).hasToString(WEEKEND);
        assertThat(FreezeWindow.parse("mon 00:00 - Sun 23:59 UTC").covers(Instant.EPOCH)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "always",
                "Fri 16:00 - Mon 08:00",
                "Foo 16:00 - Mon 08:00 UTC",
                "Fri 25:00 - Mon 08:00 UTC",
                "Fri 16:00 - Mon 08:00 Mars/Base",
                "Fri 16:00 - Fri 16:00 UTC"
            })
    void whatCannotBeReadIsRefused(String text) {
        assertThatThrownBy(() -> FreezeWindow.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
