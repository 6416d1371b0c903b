package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code wharf doctor} looks at real folders, sound and broken, and changes nothing. */
class DoctorCommandTest {
    private static final String SECRET = "hunter2-and-more";

    @TempDir Path folder;
    private Path home = Path.of("/");
    private Path root = Path.of("/");
    private Path state = Path.of("/");
    private Screen screen = new Screen(Path.of("/"), Map.of());

    @BeforeEach
    void makeAProject() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        root = Files.createDirectories(home.resolve("shop"));
        state = home.resolve("state");
        screen = screen(Map.of());
    }

    private Screen screen(Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/bin:/bin");
        return new Screen(root, environment);
    }

    private ExitCode doctor(String... more) {
        var words =
                Stream.concat(
                        Stream.of("doctor", "--root", root.toString(), "--state", state.toString()),
                        Stream.of(more));
        return screen.run(words.toArray(String[]::new));
    }

    private JsonNode finding(String section, String name) {
        doctor("--json");
        JsonNode all = new JsonMapper().readTree(screen.out());
        return all.path("sections")
                .valueStream()
                .flatMap(each -> each.path("lines").valueStream())
                .filter(each -> each.path("id").asString().equals(section + "." + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(section + "." + name + " in " + all));
    }

    private List<Path> tree() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }

    @Test
    void anEmptyFolderIsLookedAtAndNothingIsMade() throws IOException {
        List<Path> before = tree();
        assertThat(doctor()).as(screen.out()).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("there is none in", "`wharf init`", "Nothing is broken");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void theJsonIsWhatItsSchemaSays() throws IOException {
        doctor("--json");
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("schemas/doctor.schema.json")));
        JsonNode answer = new JsonMapper().readTree(screen.out());
        assertThat(schema.validate(answer)).isEmpty();
        assertThat(schema.validate(((ObjectNode) answer).put("more", 1))).isNotEmpty();
    }

    @Test
    void theWallThatStandsIsNamed() {
        assertThat(finding("walls", "files").path("seen").asString())
                .containsAnyOf("openat2", "secure-directory-stream");
        assertThat(finding("walls", "runner").path("seen").asString())
                .containsAnyOf("runner: confined", "runner: unconfined");
    }

    @Test
    void aBrokenConfigurationIsNamedWithItsLineAndTheRestIsStillLookedAt() throws IOException {
        Files.writeString(root.resolve("wharf.yaml"), "project: shop\ngatez: {}\n");
        assertThat(doctor()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(screen.out())
                .contains("FAIL", "wharf.yaml:2", "gatez", "Personas", "Walls", "Ways round");
    }

    @Test
    void aBrokenPersonaIsNamed() throws IOException {
        Files.writeString(
                root.resolve("wharf.yaml"), "project: shop\npersonas: { deploy: mine.md }\n");
        Files.writeString(root.resolve("mine.md"), "just a sentence\n");
        assertThat(doctor()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(screen.out())
                .contains("FAIL", "mine.md: no name: no heading begins with a command");
    }

    @Test
    void aForgedJournalIsNoJournal() throws IOException {
        Files.writeString(root.resolve("wharf.yaml"), "project: shop\n");
        assertThat(screen.run("trust", "--root", root.toString(), "--state", state.toString()))
                .as(screen.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(doctor()).as(screen.out()).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("verified:");
        Path entries = state.resolve("journal/entries");
        byte[] bytes = Files.readAllBytes(entries);
        bytes[30] ^= 1;
        Files.write(entries, bytes);
        assertThat(doctor()).as(screen.out()).isNotEqualTo(ExitCode.DONE);
    }

    @Test
    void secretsAreNamedAndNeverShown() throws IOException {
        screen = screen(Map.of("SHOP_API_TOKEN", SECRET));
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), "aws_secret_access_key = " + SECRET);
        assertThat(finding("ways", "environment").path("seen").asString())
                .contains("SHOP_API_TOKEN");
        assertThat(finding("ways", "credentials").path("seen").asString())
                .contains(".aws/credentials");
        doctor();
        assertThat(screen.out() + screen.err()).doesNotContain(SECRET);
        doctor("--json");
        assertThat(screen.out()).doesNotContain(SECRET);
    }

    @Test
    void aHomeWithoutCredentialsIsSaidToHaveNone() {
        assertThat(finding("ways", "credentials").path("state").asString()).isEqualTo("ok");
        assertThat(finding("ways", "environment").path("state").asString()).isEqualTo("ok");
    }

    @Test
    void aGateWhoseProgramIsNotThereIsSaid() throws IOException {
        Files.writeString(
                root.resolve("wharf.yaml"),
                """
                project: shop
                gates:
                  test: { command: [no-such-program-here], reports: ["o/*.xml"] }
                  security: { applies: false, because: "no scanner yet" }
                """);
        assertThat(finding("gates", "test").path("state").asString()).isEqualTo("fail");
        assertThat(finding("gates", "security").path("seen").asString()).contains("no scanner yet");
        assertThat(finding("gates", "ci").path("state").asString()).isEqualTo("warn");
    }

    private void trustTheIssuerAt(String jwks) throws IOException {
        Files.writeString(
                root.resolve("wharf.yaml"),
                """
                project: shop
                server:
                  url: "http://127.0.0.1:7477"
                  oauth: { issuer: "https://auth.example.com", jwks: "%s" }
                """
                        .formatted(jwks));
    }

    @Test
    void anIssuerWhoseKeysCannotBeReadIsSaidToLetNobodyIn() throws IOException {
        var issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer.createContext(
                "/jwks",
                exchange -> {
                    byte[] keys = KEYS.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, keys.length);
                    try (var body = exchange.getResponseBody()) {
                        body.write(keys);
                    }
                });
        issuer.start();
        String jwks = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks";
        try {
            trustTheIssuerAt(jwks);
            assertThat(finding("config", "oauth").path("state").asString()).isEqualTo("ok");
        } finally {
            issuer.stop(0);
        }
        JsonNode silent = finding("config", "oauth");
        assertThat(silent.path("state").asString()).isEqualTo("fail");
        assertThat(silent.path("seen").asString()).contains("lets anybody in");
        assertThat(silent.path("remedy").asString()).contains("server.oauth.jwks");
    }

    private static final String KEYS =
            """
            {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "use": "sig",
              "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
              "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
            """;
}
