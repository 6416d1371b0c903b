package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Each client with each state in which its file may be found: new, shared, ours, broken. */
class ClientFilesTest {
    @TempDir Path folder;
    private Path home = Path.of("/");
    private Path root = Path.of("/");
    private Screen screen = new Screen(Path.of("/"), Map.of());

    @BeforeEach
    void makeAProject() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        root = Files.createDirectories(home.resolve("shop"));
        screen = new Screen(root, Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
    }

    private ExitCode init(Client client, String... more) {
        return screen.run(
                Stream.concat(Stream.of("init", "--client", client.word()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path file(Client client) throws Exception {
        Path file = ClientPlace.of(screen.terminal(), root, Optional.empty()).file(client).file();
        Files.createDirectories(file.resolveSibling("."));
        return file;
    }

    /** A file with another server, a comment, a key that we do not know and tabs. */
    private static String shared(Client client) {
        String other =
                switch (client) {
                    case CODEX -> "command = \"other\"\nargs = ['-x']";
                    case OPENCODE -> "{\"type\": \"local\", \"command\": [\"other\"]}";
                    default -> "{\"command\": \"other\", \"args\": [\"-x\"]}";
                };
        String key = client.entryPath().getFirst();
        return client.isToml()
                ? "# mine\nmodel = \"o\" # why\n\n[" + key + ".other]\n" + other + "\n"
                : "{\n\t// mine\n\t\""
                        + key
                        + "\": {\n\t\t\"other\": "
                        + other
                        + " // why\n\t}\n}\n";
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aNewFileIsOneThatTheClientReads(Client client) throws Exception {
        assertThat(init(client)).as(screen.out() + screen.err()).isEqualTo(ExitCode.DONE);
        assertThat(ClientsPageTest.complaints(client, Files.readString(file(client)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void otherServersCommentsAndFormStayAndComeBackToTheByte(Client client) throws Exception {
        String before = shared(client);
        Path file = Files.writeString(file(client), before);
        assertThat(init(client)).as(screen.out()).isEqualTo(ExitCode.DONE);
        String once = Files.readString(file);
        assertThat(once)
                .contains(
                        "# mine".substring(client.isToml() ? 0 : 2), "why", "other", Client.SERVER);
        assertThat(once.lines().toList())
                .containsAll(before.lines().filter(line -> !line.contains("why")).toList());
        assertThat(ClientsPageTest.complaints(client, once)).isEmpty();
        assertThat(init(client)).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("which stays as it is");
        assertThat(Files.readString(file)).isEqualTo(once);
        assertThat(init(client, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void opencodeHasItInTheFileThatIsThereAndNotInBoth() throws Exception {
        Path commented = Files.writeString(root.resolve("opencode.jsonc"), "{\n  // mine\n}\n");
        assertThat(init(Client.OPENCODE)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(commented)).contains("// mine", Client.SERVER);
        assertThat(root.resolve("opencode.json")).doesNotExist();
    }

    @Test
    void severalClientsAreToldAtOnceAndARefusalOfOneLeavesTheOthersWritten() throws Exception {
        Files.writeString(file(Client.CURSOR), "[]");
        assertThat(init(Client.CURSOR, "--client", "gemini", "--client", "gemini"))
                .isEqualTo(ExitCode.NO);
        assertThat(Files.readString(file(Client.CURSOR))).isEqualTo("[]");
        assertThat(Files.readString(file(Client.GEMINI))).containsOnlyOnce(Client.SERVER);
    }

    @Test
    void whatHoldsNothingAnyMoreGoesButNotWithAWordOfThePersonInIt() throws Exception {
        Path file = Files.writeString(file(Client.GEMINI), "{\n  \"theme\": \"Dark\"\n}\n");
        assertThat(init(Client.GEMINI)).isEqualTo(ExitCode.DONE);
        assertThat(init(Client.GEMINI, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo("{\n  \"theme\": \"Dark\"\n}\n");
        Files.writeString(file, "{\n  \"mcpServers\": {\n    // none\n  }\n}\n");
        assertThat(init(Client.GEMINI)).isEqualTo(ExitCode.DONE);
        assertThat(init(Client.GEMINI, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file))
                .contains("mcpServers", "// none")
                .doesNotContain("wharf");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aDryRunShowsTheEntryAndWritesNothingNeitherNewNorChangedNorRemoved(Client client)
            throws Exception {
        Path file = file(client);
        assertThat(init(client, "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("would write", file.toString(), "+", "stdio");
        assertThat(file).doesNotExist();
        assertThat(root.resolve("wharf.yaml")).doesNotExist();
        Files.writeString(file, shared(client));
        assertThat(init(client, "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo(shared(client));
        assertThat(init(client)).isEqualTo(ExitCode.DONE);
        String written = Files.readString(file);
        assertThat(init(client, "--remove", "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("would be changed", "-");
        assertThat(Files.readString(file)).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aBrokenFileIsLeftBothWaysAndTheEntryIsShown(Client client) throws Exception {
        String key = client.entryPath().getFirst();
        List<String> broken =
                client.isToml()
                        ? List.of("[" + key + "\n", key + " = 7\n", "a = 1\na = 2\n")
                        : List.of(
                                "{\"" + key + "\": {", "{\"" + key + "\": 7}", "{} {}", "nothing");
        for (String text : broken) {
            Path file = Files.writeString(file(client), text);
            assertThat(init(client)).as(text + screen.out()).isEqualTo(ExitCode.NO);
            assertThat(screen.out()).contains("by hand", "The entry is:", "stdio");
            assertThat(Files.readString(file)).isEqualTo(text);
            assertThat(init(client, "--remove")).as(text).isNotEqualTo(ExitCode.BUG);
            assertThat(Files.readString(file)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void anEntryThatStartsAnotherProgramIsNeitherChangedNorRemoved(Client client) throws Exception {
        String ours = ClientEdit.fresh(client, "/opt/w/wharf", List.of("stdio"));
        String theirs = ours.replace("/opt/w/wharf", "/opt/w/other");
        Path file = Files.writeString(file(client), theirs);
        assertThat(init(client)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo(theirs);
        assertThat(init(client, "--remove")).isEqualTo(ExitCode.NO);
        assertThat(Files.readString(file)).isEqualTo(theirs);
    }
}
