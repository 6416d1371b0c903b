package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The samples stand in {@code src/test/resources/proof/locks}, what is in them in two tables. */
class LockfilesTest {
    private static final String FOLDER = "/proof/locks/";

    private static final List<String> SAMPLES =
            List.of(
                    "npm/package.json",
                    "npm/package-lock.json",
                    "pnpm9/pnpm-lock.yaml",
                    "pnpm6/pnpm-lock.yaml",
                    "pnpm5/pnpm-lock.yaml",
                    "yarn1/yarn.lock",
                    "yarn4/yarn.lock",
                    "maven/pom.xml",
                    "gradle/gradle.lockfile",
                    "cargo/Cargo.lock",
                    "cargo/Cargo.toml",
                    "python/poetry.lock",
                    "python/requirements.txt",
                    "go/go.mod");

    @ParameterizedTest(name = "{1}: {2}")
    @CsvFileSource(
            resources = FOLDER + "present.psv",
            delimiter = '|',
            quoteCharacter = '`',
            numLinesToSkip = 1)
    void findsWhatStandsThere(
            String sample,
            String as,
            String name,
            String version,
            int line,
            boolean locked,
            String purl) {
        var found = Lockfiles.versions(name, Optional.empty(), List.of(sample(sample, as)));

        assertThat(found.unreadable()).isEmpty();
        assertThat(found.versions()).hasSize(1);
        FoundVersion only = found.versions().getFirst();
        assertThat(only.version()).isEqualTo(version);
        assertThat(only.line()).isEqualTo(line);
        assertThat(only.locked()).isEqualTo(locked);
        assertThat(only.purl()).isEqualTo(purl);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvFileSource(resources = FOLDER + "absent.psv", delimiter = '|', numLinesToSkip = 1)
    void doesNotFindWhatDoesNot(String sample, String as, String name) {
        List<FileContent> files = List.of(sample(sample, as));

        assertThat(Lockfiles.versions(name, Optional.empty(), files).versions()).isEmpty();
    }

    @Test
    void lockedVersionsComeFirstAndEveryCopyIsShown() {
        FileContent manifest = sample("npm/package.json", "package.json");
        FileContent lock = sample("npm/package-lock.json", "package-lock.json");
        List<FileContent> files = List.of(manifest, lock);

        assertThat(
                        Lockfiles.versions("lodash", Optional.of("npm"), files).versions().stream()
                                .map(FoundVersion::version))
                .containsExactly("4.17.21", "3.10.1", "^4.17.0");
        assertThat(Lockfiles.versions("lodash", Optional.of("pypi"), files).versions()).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("package.json", "{"),
                Arguments.of("package.json", "{\"a\": 1, \"a\": 2}"),
                Arguments.of("package-lock.json", "{\"lockfileVersion\": 1, \"dependencies\": {}}"),
                Arguments.of("pom.xml", "<project>"),
                Arguments.of(
                        "pom.xml",
                        "<!DOCTYPE p [<!ENTITY e SYSTEM"
                                + " 'file:///etc/passwd'>]><project>&e;</project>"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatCannotBeReadIsNamed(String file, String text) {
        assertThat(Lockfiles.all(List.of(file(file, text))).unreadable())
                .hasSize(1)
                .allMatch(unreadable -> unreadable.file().name().equals(file));
    }

    @Test
    void noMutationBreaksAReader() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
            FileContent whole = sample(sample, sample.substring(sample.indexOf('/') + 1));
            byte[] bytes = whole.bytes().clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            var mutated = FileContent.of(whole.path(), bytes);
            assertThat(Lockfiles.all(List.of(mutated)))
                    .as("seed %d round %d", seed, round)
                    .isNotNull();
        }
    }

    private static FileContent file(String name, String text) {
        return FileContent.of(WorkspacePath.of(name), text.getBytes(UTF_8));
    }

    private static FileContent sample(String sample, String as) {
        try (InputStream in = LockfilesTest.class.getResourceAsStream(FOLDER + sample)) {
            byte[] bytes = Objects.requireNonNull(in, sample).readAllBytes();
            return FileContent.of(WorkspacePath.of(as), bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
