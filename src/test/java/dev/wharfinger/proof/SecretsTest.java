package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.workspace.Git;
import dev.wharfinger.workspace.Workspace;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The values are put together here, so that no scanner takes this file for a leak. */
class SecretsTest {
    private static final WorkspacePath FILE = WorkspacePath.of("config/app.env");
    private static final String RANDOM_36 = "q8Zt3Lw0Rk5Yb7Nc2Vd9Xf4Hg6Jm1Ps0TaBe";

    static Stream<Arguments> secrets() {
        String jwt =
                "eyJ"
                        + "hbGciOiJIUzI1NiJ9"
                        + ".eyJ"
                        + "zdWIiOiIxMjM0NTY3ODkwIn0"
                        + ".dozjgNryP4J3jVmNHl0w5N";
        return Stream.of(
                Arguments.of("AWS access key", "key = AKI" + "AQ3EGRZ7TLMNB5C2X"),
                Arguments.of(
                        "AWS secret key",
                        "AWS_SECRET_ACCESS" + "_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAM" + "PLEKEY"),
                Arguments.of("AWS access key", "AKI" + "AIOSFODNN7EXAMPLE"),
                Arguments.of("GitHub token", "x gh" + "p_" + RANDOM_36),
                Arguments.of("GitHub token", "github_" + "pat_" + RANDOM_36 + RANDOM_36),
                Arguments.of("GitLab token", "glp" + "at-" + RANDOM_36.substring(0, 20)),
                Arguments.of("Slack token", "xox" + "b-123456789012-abcdefghij"),
                Arguments.of(
                        "Slack webhook",
                        "https://hooks.slack" + ".com/services/T00/B00/" + RANDOM_36),
                Arguments.of("Google API key", "AI" + "za" + RANDOM_36.substring(0, 35)),
                Arguments.of("Stripe key", "sk_" + "live_" + RANDOM_36),
                Arguments.of("npm token", "//r/:_authToken=npm" + "_" + RANDOM_36),
                Arguments.of("private key", "-----BEGIN OPENSSH PRIV" + "ATE KEY-----"),
                Arguments.of("private key", "-----BEGIN PRIV" + "ATE KEY-----"),
                Arguments.of("private key", "-----BEGIN PGP PRIV" + "ATE KEY BLOCK-----"),
                Arguments.of("JSON web token", "Bearer " + jwt),
                Arguments.of("Anthropic key", "sk-" + "ant-api03-" + RANDOM_36),
                Arguments.of(
                        "connection string with a password",
                        "DATABASE_URL=postgres://shop:" + "h7Gf-2kQ@db.internal:5432/shop"),
                Arguments.of(
                        "connection string with a password", "amqp://:" + "s3cr3tW0rd@mq.internal"),
                Arguments.of("secret in an assignment", "api_key: \"" + RANDOM_36 + "\""),
                Arguments.of("secret in an assignment", "\"clientSecret\": \"" + RANDOM_36 + "\","),
                Arguments.of("secret in an assignment", "String password = \"Tr0ub4dor&3x\";"),
                Arguments.of("secret in an assignment", "SESSION_SECRET=" + RANDOM_36),
                Arguments.of("secret in an assignment", "  export DB_PASSWORD=" + RANDOM_36));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void areFoundAndNeverShown(String kind, String line) {
        List<SecretFinding> found = Secrets.scan(FILE, ("a\n" + line + "\n").getBytes(UTF_8));

        assertThat(found).contains(new SecretFinding(FILE, 2, kind));
        String shown = found.toString() + found.stream().map(SecretFinding::text).toList();
        assertThat(shown).doesNotContain(RANDOM_36.substring(0, 12), "h7Gf", "Tr0ub4dor", "AQ3E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = \"${DB_PASSWORD}\"",
                "password: <your password here>",
                "API_KEY=changeme-changeme-1234",
                "token: ${{ secrets.GITHUB_TOKEN }}",
                "const token = process.env.API_TOKEN_2",
                "postgres://user:password@localhost/db",
                "postgres://shop:${PASSWORD}@db/shop",
                "https://example.com:8080/path@2x.png",
                "secret: \"aaaaaaaaaaaaaaaaaaaaaaaa1\"",
                "passwordResetSubject: \"Reset your password now\"",
                "sha512-Q8Zt3Lw0Rk5Yb7Nc2Vd9Xf4Hg6Jm1Ps0TaBeQ8Zt3Lw0Rk5Yb7Nc2Vd9==",
                "-----BEGIN PUBLIC KEY-----",
                "tokenizer = \"wordpiece-tokenizer\"",
                "the password is kept elsewhere",
                "key: 550e8400-e29b-41d4-a716-446655440000",
            })
    void otherTextIsLeft(String line) {
        assertThat(Secrets.scan(FILE, line.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void binaryFilesArePassedOver() {
        byte[] bytes = ("\0\1gh" + "p_" + RANDOM_36).getBytes(UTF_8);

        assertThat(Secrets.scan(FILE, bytes)).isEmpty();
    }

    @Test
    void aSecretAcrossTheChunksOfALongLineIsFound() {
        for (int before = 7_900; before < 8_100; before += 9) {
            String line = " ".repeat(before) + "gh" + "p_" + RANDOM_36;
            assertThat(Secrets.scan(FILE, line.getBytes(UTF_8))).as("at %d", before).hasSize(1);
        }
    }

    @Test
    void allowedPathsAreFilesGlobsAndFolders() {
        List<String> allow = List.of("test/keys", "**/*.example", "/a.env");

        assertThat(Stream.of("test/keys/a.pem", "x/b.example", "b.example", "a.env"))
                .allMatch(path -> Secrets.isAllowed(WorkspacePath.of(path), allow));
        assertThat(Stream.of("test/keys2/a", "x/a.env", "b.example.txt", "test"))
                .noneMatch(path -> Secrets.isAllowed(WorkspacePath.of(path), allow));
    }

    @Test
    void aCommitIsScannedAsItStandsInGit(@TempDir Path root) throws Exception {
        String token = "gh" + "p_" + RANDOM_36;
        Files.createDirectories(root.resolve("src"));
        Files.createDirectories(root.resolve("test/keys"));
        Files.writeString(root.resolve("src/app.js"), "const t = '" + token + "'\n");
        Files.writeString(root.resolve("test/keys/a.txt"), token);
        git(root, "init", "-q");
        git(root, "add", "-A");
        git(root, "commit", "-qm", "one");
        Files.writeString(root.resolve("src/app.js"), "clean\n");
        Files.writeString(root.resolve("new.txt"), token);

        try (Workspace workspace = Workspace.open(root)) {
            Git git = workspace.git();
            assertThat(Secrets.scan(git, git.head().orElseThrow(), List.of("test/keys")))
                    .containsExactly(
                            new SecretFinding(WorkspacePath.of("src/app.js"), 1, "GitHub token"));
            assertThat(Secrets.scan(git, git.head().orElseThrow(), List.of("src", "test")))
                    .isEmpty();
        }
    }

    private static void git(Path root, String... arguments) throws Exception {
        List<String> argv =
                new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=b"));
        argv.addAll(List.of(arguments));
        Process process = new ProcessBuilder(argv).directory(root.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ", "a://a:", "password=", "secret: \"", "-", "A", "npm_", "xoxb-1"})
    @Timeout(30)
    void longLinesTakeNoLongTime(String part) {
        byte[] bytes = part.repeat(400_000 / part.length()).getBytes(UTF_8);

        assertThat(Secrets.scan(FILE, bytes)).isNotNull();
    }

    @Test
    void everySeededSecretIsFoundWhereverItStands() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int round = 0; round < 300; round++) {
            StringBuilder token = new StringBuilder("gh" + "s_");
            random.ints(36, 0, letters.length()).mapToObj(letters::charAt).forEach(token::append);
            String text = " ".repeat(random.nextInt(50)) + "\"" + token + "\"";
            assertThat(Secrets.scan(FILE, text.getBytes(UTF_8)))
                    .as("seed %d round %d", seed, round)
                    .contains(new SecretFinding(FILE, 1, "GitHub token"));
        }
    }
}
