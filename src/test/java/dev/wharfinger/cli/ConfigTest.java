package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.util.Objects.requireNonNull;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.LocalSettings;
import dev.wharfinger.deploy.Observe;
import dev.wharfinger.identity.SigningAlgorithm;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Strength;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConfigTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GITHUB_TOKEN", "ghp_x", "WEBHOOK_SECRET", "s3cret");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    /** The annotated example of docs/configuration.md. */
    static String example() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        int start = page.indexOf("```yaml\n") + 8;
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void theExampleOfTheDocumentationFillsTheRecords() throws Exception {
        Config config = Config.parse("wharf.yaml", example(), "folder", ENVIRONMENT);
        assertThat(config.project()).isEqualTo("shop");
        assertThat(config.ledger().memory()).isEqualTo(WorkspacePath.of(".raps/MEMORY.md"));
        assertThat(config.personas())
                .containsExactly(
                        Map.entry(
                                new PersonaName("deploy"),
                                WorkspacePath.of("workflows/deploy.md")));
        assertThat(config.artifact().orElseThrow().commands())
                .containsExactly(List.of("npm", "ci"), List.of("npm", "run", "build"));
        assertThat(config.leftOutOfProofs()).accepts(WorkspacePath.of("docs/a/b.md"));
        assertThat(config.leftOutOfProofs()).rejects(WorkspacePath.of("src/docs.js"));
        assertThat(config.planExpires()).isEqualTo(Duration.ofHours(24));
        assertThat(config.server().url()).contains(URI.create("https://wharf.example.com"));
        assertThat(config.server().webhook().orElseThrow().secret()).contains("s3cret");
        assertThat(config.server().toString()).doesNotContain("s3cret");
        var oauth = config.server().oauth().orElseThrow();
        assertThat(oauth.issuer()).isEqualTo(URI.create("https://auth.example.com"));
        assertThat(oauth.audience()).isEqualTo(URI.create("https://wharf.example.com/mcp"));
        assertThat(oauth.jwks()).isEmpty();
        assertThat(oauth.algorithms()).isEqualTo(SigningAlgorithm.USUAL);
        assertThat(oauth.person()).isEqualTo("preferred_username");
        assertThat(config.powerless().server().oauth()).isEmpty();
        assertThat(config.powerless().server().url()).isEqualTo(config.server().url());
    }

    @Test
    void anAudienceIsWrittenInOneWay() throws Exception {
        String text =
                "server: {url: 'https://W.example/', oauth: {issuer: 'http://localhost:1/a',"
                        + " audience: 'HTTPS://Shop.Example:8443/Mcp', algorithms: [EdDSA]}}";
        var oauth =
                Config.parse("wharf.yaml", text, "folder", Map.of()).server().oauth().orElseThrow();
        assertThat(oauth.audience()).isEqualTo(URI.create("https://shop.example:8443/Mcp"));
        assertThat(oauth.algorithms()).containsExactly(SigningAlgorithm.EDDSA);
    }

    @Test
    void theExamplesGatesSayHowTheyAreProved() throws Exception {
        Config config = Config.parse("wharf.yaml", example(), "folder", ENVIRONMENT);
        var test = requireNonNull(config.gates().get(GateId.TEST));
        var ux = requireNonNull(config.gates().get(GateId.UX));
        assertThat(test.command()).contains(List.of("./mvnw", "-q", "verify"));
        assertThat(test.reports()).containsExactly("target/surefire-reports/*.xml");
        assertThat(test.least()).isEqualTo(Strength.OBSERVED);
        assertThat(ux.applies()).isFalse();
        assertThat(ux.because()).contains("no user interface");
        assertThat(config.extras().ci().orElseThrow().token()).contains("ghp_x");
        assertThat(config.extras().toString()).doesNotContain("ghp_x");
        assertThat(config.extras().mayDiffer()).containsExactly("DATABASE_URL");
        assertThat(config.extras().monitoring().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void theExamplesEnvironmentsAreWhereReleasesRun() throws Exception {
        Config config = Config.parse("wharf.yaml", example(), "folder", ENVIRONMENT);
        assertThat(config.environments().sequencedKeySet()).containsExactly(STAGING, PRODUCTION);
        var staging = requireNonNull(config.environments().get(STAGING));
        var local = (LocalSettings) staging.target();
        assertThat(local.start()).endsWith("--port", "8081");
        assertThat(local.observe()).contains(new Observe.Json("/version"));
        assertThat(staging.smoke().getFirst().within()).isEqualTo(Duration.ofSeconds(2));
        var production = requireNonNull(config.environments().get(PRODUCTION));
        assertThat(production.after()).contains(STAGING);
        assertThat(production.bake()).isEqualTo(Duration.ofMinutes(10));
        assertThat(production.freeze()).hasSize(1);
        assertThat(config.approvals())
                .containsExactly(
                        Map.entry(
                                PRODUCTION,
                                new ApprovalSettings(
                                        1,
                                        Presence.REQUIRED,
                                        Duration.ofHours(1),
                                        List.of("anna"),
                                        false)));
    }

    @Test
    void withoutAFileThereIsALedgerAndNothingToShip(@TempDir Path root) throws Exception {
        assertThat(Config.load(root, Map.of())).isEmpty();
        Config config = Config.none(root);
        assertThat(config.project()).isEqualTo(root.getFileName().toString());
        assertThat(config.ledger().plan()).isEqualTo(WorkspacePath.of("PLAN.md"));
        assertThat(config.environments()).isEmpty();
        assertThat(config.artifact()).isEmpty();
    }

    @Test
    void aFileThatIsThereIsRead(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("wharf.yaml"), "project: here\n");
        assertThat(Config.load(root, Map.of()).map(Config::project)).isEqualTo(Optional.of("here"));
    }

    @Test
    void aLinkInPlaceOfTheFileIsRefused(@TempDir Path root) throws Exception {
        Files.createSymbolicLink(root.resolve("wharf.yaml"), Path.of("/etc/hostname"));
        var error = catchThrowableOfType(ConfigError.class, () -> Config.load(root, Map.of()));
        assertThat(error).hasMessage("wharf.yaml: is not a regular file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
prject: a                          | 1: prject: unknown key `prject`; did you mean `project`?
ledger: {plans: A.md}              | 1: ledger.plans: unknown key `plans`; did you mean `plan`?
gates: {test: {comand: [a]}}       | 1: gates.test.comand: unknown key `comand`; did you mean `command`?
gates: {tests: {}}                 | 1: gates.tests: unknown key `tests`; did you mean `test`?
server: {socket: run/shop.sock}     | 1: server.socket: a socket is an absolute path of at most 100 characters
server: {socket: /run/../shop.sock} | 1: server.socket: a socket is an absolute path of at most 100 characters
gates: {secrets: {command: [a]}}   | 1: gates.secrets.command: unknown key `command`; known here: allow
project: 7                         | 1: project: expected text, found a whole number; in quotes it is text: "7"
project:                           | 1: project: expected text, found nothing
project: a/b                       | 1: project: a project's name is letters, digits
project: [a]                       | 1: project: expected text, found a list
ledger: PLAN.md                    | 1: ledger: expected keys with values, found text
ledger: {plan: ../PLAN.md}         | 1: ledger.plan:
ledger: {plan: A.md, charter: A.md} | 1: ledger: two ledger files have the same path
artifact: {build: npm run build}   | 1: artifact.build: a command is a list of arguments, no shell reads it: [npm, run, build]
artifact: {build: [npm, 7]}        | 1: artifact.build[1]: expected text, found a whole number
artifact: {limit: 10}              | 1: artifact.limit: expected a duration such as 500ms, 10s, 5m or 2h, found `10`
gates: {test: {least: observd}}    | 1: gates.test.least: unknown value `observd`; did you mean `observed`?
gates: {test: {command: [mvn]}}    | 1: gates.test: names no `reports`
gates: {ux: {applies: false}}      | 1: gates.ux: `applies: false` needs `because: …`
gates: {ux: {applies: nope}}       | 1: gates.ux.applies: expected true or false, found `nope`
gates: {security: {block: severe}} | 1: gates.security.block: block of gate security is `severe`
environments: {a: {}}              | 1: environments.a: names no `target`
plans: {expire: soon}              | 1: plans.expire: expected a duration
server: {notify: {secret: a}}      | 1: server.notify: names no `webhook`
server: {oauth: {issuer: 'https://a.example'}} | 1: server.oauth: names no `audience`, and `server.url` is not there to take it from
server: {oauth: {audience: 'https://w.example/mcp'}} | 1: server.oauth: names no `issuer`
server: {oauth: {isuer: 'https://a.example'}} | 1: server.oauth.isuer: unknown key `isuer`; did you mean `issuer`?
server: {url: 'https://w.example', oauth: {issuer: 'http://a.example'}} | 1: server.oauth: `http://a.example` is no issuer: https://…, or http:// on this machine
server: {url: 'https://w.example', oauth: {issuer: 'https://u@a.example'}} | 1: server.oauth: `https://u@a.example` is no issuer
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example?t=1'}} | 1: server.oauth: `https://a.example?t=1` is no issuer
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', jwks: 'http://a.example/k'}} | 1: server.oauth: `http://a.example/k` is no jwks
server: {oauth: {issuer: 'https://a.example', audience: 'https://w.example/'}} | 1: server.oauth: `https://w.example/` is no audience
server: {oauth: {issuer: 'https://a.example', audience: 'shop'}} | 1: server.oauth: `shop` is no audience
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', algorithms: [ES265]}} | 1: server.oauth.algorithms[0]: unknown value `ES265`; did you mean `ES256`?
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', algorithms: [none]}} | 1: server.oauth.algorithms[0]: unknown value `none`
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', algorithms: [HS256]}} | 1: server.oauth.algorithms[0]: unknown value `HS256`
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', algorithms: []}} | 1: server.oauth: no algorithm is named
server: {url: 'https://w.example', oauth: {issuer: 'https://a.example', person: 'a b'}} | 1: server.oauth: not a claim's name: `a b`
project: "${NOWHERE}"              | 1: project: the environment variable `NOWHERE` is not set
project: [                         | wharf.yaml
""")
    void aMistakeIsNamedWithItsLineItsKeyAndTheNearestRightName(String text, String message) {
        var error = errorOf(text);
        assertThat(error).hasMessageContaining(message);
        assertThat(error.getMessage()).startsWith("wharf.yaml:1");
    }

    @Test
    void aMistakeDeepInsideIsNamedWithItsOwnLine() {
        var error =
                errorOf(
                        """
                        project: shop
                        environments:
                          staging:
                            target:
                              local: { dir: srv, start: [a], health: "http://127.0.0.1:1/" }
                          production:
                            target:
                              local: { dir: /srv, start: [a], health: "http://127.0.0.1:1/" }
                            after: stagin
                        """);
        assertThat(error)
                .hasMessage(
                        "wharf.yaml:5: environments.staging.target.local:"
                                + " the target's dir is not absolute: srv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
after: stagin                  | no environment `stagin`; did you mean `staging`?
after: production              | production cannot come after itself
freeze: [always]               | a freeze reads like
variables: [WHARF_X]           | not the name of a variable
approvals: {count: 2, from: [anna]} | 2 approvals cannot come from 1 people
approvals: {count: many}       | expected a whole number from 0 to 20, found `many`
smoke: [{https: {}}]           | unknown key `https`; did you mean `http`?
smoke: [{http: {url: 7}}]      | expected text
smoke: [{http: {url: "http://h/", status: 42}}] | expected a whole number from 100 to 599
""")
    void anEnvironmentThatCannotBeMeantIsRefused(String line, String message) {
        String text =
                """
                environments:
                  staging:
                    target: { local: { dir: /s, start: [a], health: "http://h/" } }
                  production:
                    target: { local: { dir: /p, start: [a], health: "http://h/" } }
                """
                        + "    "
                        + line
                        + "\n";
        var error = errorOf(text);
        assertThat(error).hasMessageContaining(message);
        assertThat(error.source().line()).isEqualTo(6);
    }

    @Test
    void environmentsThatWaitForEachOtherAreRefused() {
        String target = "target: { local: { dir: /s, start: [a], health: \"http://h/\" } }";
        var error =
                errorOf(
                        "environments:\n  a: { after: b, %s }\n  b: { after: a, %s }\n"
                                .formatted(target, target));
        assertThat(error).hasMessageContaining("wharf.yaml:2: environments.a: `after` leads in a");
    }

    @Test
    void variablesOfTheEnvironmentAreFilledInAndNothingElse() throws Exception {
        String text =
                """
                artifact: { build: [echo, "a${A}b$C$${A}"], path: dist }
                """;
        Config config = Config.parse("wharf.yaml", text, "f", Map.of("A", "$1\\x"));
        assertThat(config.artifact().orElseThrow().commands())
                .containsExactly(List.of("echo", "a$1\\xb$C$$1\\x"));
    }

    private static ConfigError errorOf(String text) {
        return catchThrowableOfType(
                ConfigError.class, () -> Config.parse("wharf.yaml", text, "f", ENVIRONMENT));
    }
}
