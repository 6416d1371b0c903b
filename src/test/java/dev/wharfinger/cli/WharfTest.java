package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

class WharfTest {
    private Screen screen = new Screen(Path.of("/"), Map.of());
    @TempDir private Path home = Path.of("/");

    @BeforeEach
    void look() {
        screen = new Screen(home, Map.of("HOME", home.toString()));
    }

    @Test
    void helpListsEveryCommandAndTheExitCodes() {
        assertThat(screen.run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("journal", "--output", "Exit codes: 0 done");
        assertThat(screen.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--version, wharf",
        "journal --help, verify",
        "journal verify --help, VKEY",
        "journal export --help, 'jsonl, csv (jsonl)'",
    })
    void everyCommandExplainsItself(String line, String part) {
        assertThat(screen.run(line.split(" "))).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains(part);
    }

    @ParameterizedTest
    @CsvSource({
        "journl verify, 'Did you mean: wharf journal?'",
        "journal verfy, verify",
        "--outputt json, --output",
        "--output xml journal verify, xml",
        "journal, subcommand",
        "journal show --last many, many",
    })
    void aWrongLineIsUsageAndNamesWhatWasMeant(String line, String part) {
        assertThat(screen.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).startsWith("wharf: ").contains(part);
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void nothingAtAllIsUsage() {
        assertThat(screen.run()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("Usage: wharf");
    }

    @Test
    void aBrokenConfigurationIsNumberThreeWithItsLine() throws IOException {
        Files.writeString(home.resolve("wharf.yaml"), "project: shop\nledgr: {}\n");
        assertThat(screen.run("journal", "verify")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(screen.err())
                .isEqualTo(
                        "wharf: wharf.yaml:2: ledgr: unknown key `ledgr`;"
                                + " did you mean `ledger`?\n");
    }

    @Test
    void aBugIsAnIncidentWithoutATraceOnTheScreen() throws IOException {
        var code = new Errors(screen.terminal()).codeOf(new IllegalStateException("secret"));
        assertThat(code).isEqualTo(ExitCode.BUG);
        assertThat(screen.err())
                .contains("a bug in Wharfinger, incident ")
                .doesNotContain("secret");
        Path folder = home.resolve(".local/state/wharfinger/incidents");
        try (var kept = Files.list(folder)) {
            assertThat(kept)
                    .hasSize(1)
                    .first()
                    .satisfies(file -> assertThat(file).content().contains("secret"));
        }
    }

    @Test
    void aFileThatIsMissingIsTheWorldsFault() {
        var code = new Errors(screen.terminal()).codeOf(new NoSuchFileException("/a"));
        assertThat(code).isEqualTo(ExitCode.WORLD);
        assertThat(screen.err()).isEqualTo("wharf: there is no /a\n");
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void theNumbersAreTheDocumentedOnes(ExitCode code) throws IOException {
        assertThat(Files.readString(Path.of("docs/configuration.md")))
                .containsPattern("[ ;(]" + code.number() + " ");
    }
}
