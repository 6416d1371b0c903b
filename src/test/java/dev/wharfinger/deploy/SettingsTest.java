package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SettingsTest {
    private static final URI HEALTH = URI.create("http://127.0.0.1:8081/healthz");

    @Test
    void aLocalTargetStartsAProcessOrAUnitAndNeverBoth() {
        assertThat(local(List.of("java"), Optional.empty()).patience())
                .isEqualTo(LocalSettings.PATIENCE);
        assertThat(local(List.of(), Optional.of("shop@1.service")).start()).isEmpty();
        assertThatThrownBy(() -> local(List.of("java"), Optional.of("shop.service")))
                .hasMessageContaining("one of the two");
        assertThatThrownBy(() -> local(List.of(), Optional.empty()))
                .hasMessageContaining("one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--now", "a b", "a;b", "../x", ""})
    void aUnitsNameCannotBeAnOption(String unit) {
        assertThatThrownBy(() -> local(List.of(), Optional.of(unit)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Staging", "-x", "a/b", "", "x-", "--context=prod"})
    void anEnvironmentsNameIsPlain(String name) {
        assertThatThrownBy(() -> new EnvironmentName(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B", "1A", "WHARF_TARGET", "A=B", ""})
    void aVariableHasAName(String variable) {
        assertThatThrownBy(() -> environment(List.of(variable), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEnvironmentDoesNotComeAfterItself() {
        assertThatThrownBy(() -> environment(List.of(), Optional.of(new EnvironmentName("a"))))
                .hasMessageContaining("after itself");
        assertThat(environment(List.of("DATABASE_URL"), Optional.empty()).variables()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../dist", "a//b", "a/../b", "/etc/../x"})
    void whatIsShippedLiesInTheCheckout(String path) {
        assertThatThrownBy(() -> new BuildSettings(List.of(), path, List.of(), BuildSettings.LIMIT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wharf-fence v1\nfence x\ndeployment d\nway forward\n",
                "wharf-fence v1\nfence 1\ndeployment d\nway sideways\n",
                "wharf-fence v2\nfence 1\ndeployment d\nway back\n"
            })
    void aFenceThatCannotBeReadLetsNobodyAct(String text) {
        assertThatThrownBy(() -> Fence.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFenceReadsAsItIsWritten() {
        var fence = new Fence(7, "d-7", Way.BACK);
        assertThat(Fence.parse(fence.text())).isEqualTo(fence);
    }

    private static LocalSettings local(List<String> start, Optional<String> unit) {
        return new LocalSettings(Path.of("/srv/shop"), start, unit, HEALTH, Optional.empty());
    }

    private static EnvironmentSettings environment(
            List<String> variables, Optional<EnvironmentName> after) {
        return new EnvironmentSettings(
                new EnvironmentName("a"),
                local(List.of("java"), Optional.empty()),
                variables,
                List.of(),
                after,
                Duration.ZERO,
                Duration.ZERO,
                List.of());
    }
}
