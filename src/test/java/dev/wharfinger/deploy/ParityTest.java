package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Two environments are alike but for their places; every other difference is told. */
class ParityTest {
    private static EnvironmentSettings settings(
            String name, List<String> start, String health, List<String> variables, String smoke) {
        return new EnvironmentSettings(
                new EnvironmentName(name),
                new LocalSettings(
                        Path.of("/srv", name),
                        start,
                        Optional.empty(),
                        URI.create(health),
                        Optional.empty()),
                variables,
                List.of(
                        new SmokeCheck(
                                URI.create(smoke), 200, Optional.empty(), SmokeCheck.WITHIN)),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                List.of());
    }

    private static final EnvironmentSettings STAGING =
            settings(
                    "staging",
                    List.of("java", "-jar", "app.jar", "--port", "8081"),
                    "http://127.0.0.1:8081/healthz",
                    List.of("A"),
                    "http://127.0.0.1:8081/");

    private static List<String> differences(EnvironmentSettings other, String... mayDiffer) {
        return new Parity(List.of(mayDiffer)).differences(STAGING, other);
    }

    @Test
    void placesPortsAndAddressesDiffer() {
        var production =
                settings(
                        "production",
                        List.of("java", "-jar", "app.jar", "--port", "8080"),
                        "http://127.0.0.1:8080/healthz",
                        List.of("A"),
                        "http://127.0.0.1:8080/");
        assertThat(differences(production)).isEmpty();
    }

    @Test
    void everythingElseIsTold() {
        var production =
                settings(
                        "production",
                        List.of("java", "-Xmx1g", "-jar", "app.jar"),
                        "http://127.0.0.1:8080/health",
                        List.of("A", "B"),
                        "http://127.0.0.1:8080/other");
        assertThat(differences(production))
                .containsExactly(
                        "variable B is declared in one of them",
                        "start: other programs or options",
                        "health: another path",
                        "smoke tests are missing in production: /");
        assertThat(differences(production, "B", "start", "health", "smoke")).isEmpty();
    }
}
