package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wharfinger.journal.FileJournal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

class JournalCommandTest {
    @TempDir private Path home = Path.of("/");
    private Path project = home;
    private Path state = home;
    private Screen screen = new Screen(home, Map.of());

    @BeforeEach
    void write() throws Exception {
        project = Files.createDirectory(home.resolve("shop"));
        state = home.resolve("state/wharfinger/shop");
        screen = new Screen(project, Map.of("XDG_STATE_HOME", home.resolve("state").toString()));
        Files.createDirectories(state);
        try (var journal = FileJournal.open(state, "example.com/shop", InstantSource.system())) {
            journal.append(line("shift.began", "=cmd()"));
            journal.append(line("plan.read", "s\\u001b[31m1"));
            journal.awaitDurable(journal.append(line("shift.ended", "s1")));
            journal.sign();
        }
    }

    @Test
    void aWholeJournalVerifies() {
        assertThat(screen.run("journal", "verify")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out())
                .startsWith("verified: 3 entries, root ")
                .contains("example.com/shop");
    }

    @Test
    void verificationIsReadableByPrograms() {
        assertThat(screen.run("--output", "json", "journal", "verify")).isEqualTo(ExitCode.DONE);
        var answer = new JsonMapper().readTree(screen.out());
        assertThat(answer.get("verdict").asString()).isEqualTo("verified");
        assertThat(answer.get("size").asInt()).isEqualTo(3);
        assertThat(answer.get("problems").isEmpty()).isTrue();
    }

    @Test
    void aChangedByteIsFoundAndTheAnswerIsNo() throws Exception {
        Path entries = state.resolve("journal/entries");
        byte[] bytes = Files.readAllBytes(entries);
        String text = new String(bytes, ISO_8859_1);
        bytes[text.indexOf("plan.read")] = 'q';
        Files.write(entries, bytes);
        assertThat(screen.run("journal", "verify", "--output", "json")).isEqualTo(ExitCode.NO);
        assertThat(screen.out()).contains("\"verdict\":\"broken\"", "\"index\":1");
        assertThat(screen.run("journal", "export")).isEqualTo(ExitCode.NO);
        assertThat(screen.err()).startsWith("BROKEN: 1 good entries, 3 were signed");
    }

    @Test
    void anotherKeyDoesNotVerify() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        FileJournal.open(other, "example.com/shop", InstantSource.system()).close();
        String key = Files.readString(other.resolve("journal.vkey")).strip();
        assertThat(screen.run("journal", "verify", "--key", key)).isEqualTo(ExitCode.NO);
        assertThat(screen.out()).contains("the checkpoint is not signed by " + key);
    }

    @Test
    void theLastEntriesAreShownAndATerminalDoesNotObeyThem() {
        assertThat(screen.run("journal", "show", "--last", "2")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out())
                .contains("INDEX", "plan.read", "shift.ended", "s·[31m1")
                .doesNotContain("shift.began", "\u001b");
        assertThat(screen.err()).startsWith("verified: 3 entries");
    }

    @Test
    void anExportKeepsTheLinesAsTheyWereHashed() {
        assertThat(screen.run("journal", "export")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out().lines())
                .hasSize(3)
                .first()
                .satisfies(line ->
                        assertThat(line)
                                .startsWith("{\"index\":0,\"leaf\":\"")
                                .endsWith("\"entry\":" + line("shift.began", "=cmd()") + "}"));
    }

    @Test
    void aSpreadsheetDoesNotRunWhatAnAgentWrote() throws Exception {
        assertThat(screen.run("journal", "export", "--format", "csv", "--out", "a.csv"))
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(project.resolve("a.csv")))
                .startsWith("index,at,type,principal,persona,shift,leaf,line\r\n")
                .contains("\"shift.began\"", "\"'=cmd()\"")
                .doesNotContain(",\"=cmd", "\u001b");
        assertThat(screen.run("journal", "export", "--out", "a.csv")).isEqualTo(ExitCode.WORLD);
    }

    @Test
    void whereNothingWasAskedThereIsNoJournal() {
        assertThat(screen.run("journal", "verify", "--state", "/nowhere"))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(screen.err()).contains("no journal in /nowhere");
    }

    private static String line(String type, String shift) {
        return "{\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"%s\",\"shift\":\"%s\"}"
                .formatted(type, shift);
    }
}
