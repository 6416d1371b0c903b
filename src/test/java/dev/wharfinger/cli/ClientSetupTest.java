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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code wharf init --client}: real files of real clients, changed and changed back. */
class ClientSetupTest {
    private static final Path GOLDEN = Path.of("src/test/resources/clients");

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
        var words = new java.util.ArrayList<>(List.of("init", "--client", client.word()));
        words.addAll(List.of(more));
        return screen.run(words.toArray(String[]::new));
    }

    private Path fileOf(Client client) throws Exception {
        return ClientPlace.of(screen.terminal(), root, Optional.empty()).file(client).file();
    }

    private Path having(Client client, String text) throws Exception {
        Path file = fileOf(client);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aMissingFileIsWrittenAsTheGoldenOneAndRemovedAgain(Client client) throws Exception {
        assertThat(init(client)).as(screen.err()).isEqualTo(ExitCode.DONE);
        Path file = fileOf(client);
        String name = client.word() + (client.isToml() ? ".toml" : ".json");
        String golden = Files.readString(GOLDEN.resolve(name)).replace("@ROOT@", root.toString());
        assertThat(file).hasContent(golden);
        assertThat(screen.out()).contains("wrote", file.toString(), "Three things");
        assertThat(init(client, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(file).doesNotExist();
        assertThat(screen.out()).contains("deleted");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aSecondRunLeavesTheEntryAndASecondRemovalFindsNone(Client client) throws Exception {
        init(client);
        String written = Files.readString(fileOf(client));
        assertThat(init(client)).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("left", "already, which stays as it is");
        assertThat(fileOf(client)).hasContent(written);
        init(client, "--remove");
        assertThat(init(client, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("no entry of ours");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void noEntryTrustsAnything(Client client) {
        assertThat(ClientEdit.fresh(client, "wharf", List.of("stdio")).toLowerCase())
                .doesNotContain("trust", "autoapprove", "alwaysallow", "bypass", "yolo");
    }

    @Test
    void anEntryOfTheUsersIsNeverTouched() throws Exception {
        String mine = "{\"mcpServers\": {\"wharfinger\": {\"command\": \"/mine/other\"}}}\n";
        Path file = having(Client.CURSOR, mine);
        assertThat(init(Client.CURSOR)).isEqualTo(ExitCode.DONE);
        assertThat(file).hasContent(mine);
        assertThat(init(Client.CURSOR, "--remove")).isEqualTo(ExitCode.NO);
        assertThat(screen.out()).contains("does not start wharf");
        assertThat(file).hasContent(mine);
    }

    @Test
    void everythingElseInAFileStaysToTheByteAndComesBackToTheByte() throws Exception {
        for (String before :
                List.of(
                        "{\n"
                                + "\t// mine\n"
                                + "\t\"servers\": {\n"
                                + "\t\t\"a\": {\"url\": \"b\"}, /* c */\n"
                                + "\t},\n"
                                + "}\n",
                        "{\r\n    \"servers\": {\r\n        \"a\": 1.50 // last\r\n    }\r\n}",
                        "{\"z\":[1,2,{\"servers\":3}],\"servers\":{\"a\":{}}}",
                        "{\n"
                                + "  \"servers\": {\n"
                                + "    \"a\": {\n"
                                + "      \"b\": \"},{ // no \\\" comment\"\n"
                                + "    }\n"
                                + "  },\n"
                                + "  \"inputs\": []\n"
                                + "}\n",
                        "\uFEFF{\n  \"servers\": {\n    \"a\": 1,\n    // the end\n  }\n}\n")) {
            Path file = having(Client.VSCODE, before);
            assertThat(init(Client.VSCODE)).as(before + screen.out()).isEqualTo(ExitCode.DONE);
            String after = Files.readString(file);
            assertThat(after).contains("\"wharfinger\"").isNotEqualTo(before);
            assertThat(init(Client.VSCODE, "--remove")).isEqualTo(ExitCode.DONE);
            assertThat(Files.readString(file)).isEqualTo(before);
        }
    }

    @Test
    void aFileWithoutTheServersKeyGetsItBehindWhatIsThere() throws Exception {
        Path file = having(Client.ZED, "{\n    // dark\n    \"theme\": \"One\",\n}\n");
        assertThat(init(Client.ZED)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file))
                .startsWith(
                        "{\n"
                                + "    // dark\n"
                                + "    \"theme\": \"One\",\n"
                                + "    \"context_servers\": {\n"
                                + "        \"wharfinger\": {\n"
                                + "            \"source\": \"custom\",\n")
                .endsWith("            }\n        }\n    },\n}\n");
    }

    @Test
    void whatCannotBeReadIsLeftAndTheEntryIsShownToBePasted() throws Exception {
        for (String broken :
                List.of(
                        "{\"mcpServers\": {",
                        "{\"mcpServers\": []}",
                        "[]",
                        "{\"a\": 1, \"a\": 2}",
                        "{'mcpServers': {}}")) {
            Path file = having(Client.GEMINI, broken);
            assertThat(init(Client.GEMINI)).as(broken).isEqualTo(ExitCode.NO);
            assertThat(file).hasContent(broken);
            assertThat(screen.out()).contains("by hand", "\"timeout\": 120000", "Three things");
        }
    }

    @Test
    void tomlKeepsItsTablesAndTakesTheEntryOnlyWhereItFits() throws Exception {
        String before = "model = \"o\"  # mine\n\n[mcp_servers.other]\ncommand = \"x\"\n";
        Path file = having(Client.CODEX, before);
        assertThat(init(Client.CODEX)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file))
                .startsWith(before + "\n[mcp_servers.wharfinger]\ncommand = ");
        Files.writeString(file, "\n[z]\na = 1\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(init(Client.CODEX, "--remove")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo(before + "\n[z]\na = 1\n");
        for (String refused : List.of("mcp_servers = { a = { command = \"x\" } }\n", "a = \n")) {
            having(Client.CODEX, refused);
            assertThat(init(Client.CODEX)).as(refused).isEqualTo(ExitCode.NO);
            assertThat(file).hasContent(refused);
        }
    }

    @Test
    void aLinkIsNotFollowedWhetherItIsTheFileOrAFolderAboveIt() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("dotfiles.json"), "{}\n");
        Files.createDirectory(root.resolve(".cursor"));
        Files.createSymbolicLink(root.resolve(".cursor/mcp.json"), elsewhere);
        Files.createSymbolicLink(
                root.resolve(".vscode"), Files.createDirectory(folder.resolve("editor")));
        assertThat(init(Client.CURSOR)).isEqualTo(ExitCode.NO);
        assertThat(screen.out()).contains("is a link to " + elsewhere);
        assertThat(elsewhere).hasContent("{}\n");
        assertThat(init(Client.VSCODE)).isEqualTo(ExitCode.NO);
        assertThat(folder.resolve("editor")).isEmptyDirectory();
    }

    @Test
    void theFileKeepsItsPermissionsAndNothingIsLeftBeside() throws Exception {
        Path file = having(Client.CURSOR, "{}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        init(Client.CURSOR);
        assertThat(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
        try (var beside = Files.list(root.resolve(".cursor"))) {
            assertThat(beside).hasSize(1);
        }
    }

    @Test
    void aDryRunShowsTheDifferenceAndWritesNothing() throws Exception {
        having(Client.CURSOR, "{\n  \"mcpServers\": {\n    \"a\": {}\n  }\n}\n");
        assertThat(init(Client.CURSOR, "--dry-run")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out())
                .contains("would write", "+++ b/.cursor/mcp.json", "+    \"wharfinger\": {");
        assertThat(fileOf(Client.CURSOR)).content().doesNotContain("wharfinger");
        assertThat(root.resolve("wharf.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"cursr, cursor", "vs-code, vscode", "claude, claude-code", "emacs, known here"})
    void anUnknownClientIsUsageAndNamesTheNearest(String word, String near) {
        assertThat(screen.run("init", "--client", word)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("no client `" + word + "`", near);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void removeAloneIsUsage() {
        assertThat(screen.run("init", "--remove")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--remove needs --client");
    }

    @Test
    void theCommandIsTheNameOnlyWhereItLeadsToThisLauncher() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path launcher = Files.createFile(folder.resolve("wharf"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(bin.resolve("wharf"), launcher);
        var here = new Screen(root, Map.of("HOME", home.toString(), "PATH", bin.toString()));
        var place =
                new ClientPlace(
                        here.terminal(), root, Optional.empty(), "Linux", Optional.of(launcher));
        assertThat(place.command(Client.CURSOR)).isEqualTo("wharf");
        assertThat(place.command(Client.WINDSURF)).isEqualTo(launcher.toString());
        Files.delete(bin.resolve("wharf"));
        assertThat(place.command(Client.CURSOR)).isEqualTo(launcher.toString());
        Path other = Files.createFile(bin.resolve("wharf"));
        assertThat(other.toFile().setExecutable(true)).isTrue();
        assertThat(place.command(Client.CURSOR)).isEqualTo(launcher.toString());
    }

    @Test
    void macKeepsClaudeDesktopInTheLibrary() throws Exception {
        var place =
                new ClientPlace(
                        screen.terminal(), root, Optional.empty(), "Mac OS X", Optional.empty());
        assertThat(place.file(Client.CLAUDE_DESKTOP).file().toString())
                .endsWith("/Library/Application Support/Claude/claude_desktop_config.json");
    }

    @Test
    void aNamedStateFolderIsHandedToTheServer() throws Exception {
        String state = folder.resolve("kept").toString();
        assertThat(init(Client.CURSOR, "--state", state)).isEqualTo(ExitCode.DONE);
        assertThat(fileOf(Client.CURSOR)).content().contains("\"--state\", \"" + state + "\"");
    }

    /** README shows what is written here, with the launcher of somebody's checkout. */
    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"CLAUDE_DESKTOP", "ZED", "WINDSURF"},
            mode = EnumSource.Mode.EXCLUDE)
    void theReadmeShowsExactlyThis(Client client) throws Exception {
        String shown =
                ClientEdit.fresh(
                        client, "/opt/wharfinger/wharf", List.of("stdio", "--persona", "deploy"));
        assertThat(Files.readString(Path.of("README.md"))).contains("\n" + shown + "```");
    }
}
