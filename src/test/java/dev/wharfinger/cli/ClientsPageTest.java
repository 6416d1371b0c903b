package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.toml.TomlMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** docs/clients.md shows what is written, and every entry on it is one that its client reads. */
class ClientsPageTest {
    private static final Path SCHEMAS = Path.of("src/test/resources/clients/schemas");
    private static final Set<Client> STDIO_ONLY = Set.of(Client.CLAUDE_DESKTOP, Client.JUNIE);

    /** What a client of this name reads, as its maker publishes it; files of the user have more. */
    static List<String> complaints(Client client, String text) throws IOException {
        ObjectMapper mapper = client.isToml() ? new TomlMapper() : JsonEdit.LENIENT;
        JsonNode node = mapper.readTree(text);
        String schema = Files.readString(SCHEMAS.resolve(client.word() + ".json"));
        Schema compiled =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON);
        return compiled.validate(node.toString(), InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void theFirstBlockOfASectionIsWhatInitWrites(Client client) throws Exception {
        var words = new ArrayList<>(List.of("stdio", "--persona", "deploy"));
        if (client.projectFile().isEmpty()) {
            words.addAll(List.of("--root", "/path/to/project"));
        }
        assertThat(ClientsPage.blocks(client).getFirst())
                .isEqualTo(ClientEdit.fresh(client, "/opt/wharfinger/wharf", words));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void everyBlockIsAFileThatTheClientReads(Client client) throws Exception {
        List<String> blocks = ClientsPage.blocks(client);
        assertThat(blocks).hasSize(STDIO_ONLY.contains(client) ? 1 : 2);
        for (String block : blocks) {
            assertThat(complaints(client, block)).as(block).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void aFileOfAnotherShapeIsNoneThatTheClientReads(Client client) throws Exception {
        String written = ClientEdit.fresh(client, "wharf", List.of("stdio"));
        String key = client.entryPath().getFirst();
        assertThat(complaints(client, written.replace(key, "servrs"))).isNotEmpty();
        assertThat(complaints(client, written.replace("command", "comand"))).isNotEmpty();
        assertThat(
                        complaints(
                                client,
                                written.replace("[\"stdio\"]", "\"stdio\"")
                                        .replace("[\"wharf\", \"stdio\"]", "\"wharf\"")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OPENCODE, 1000", "CLAUDE_CODE, 1000", "GEMINI, 1000", "CODEX, 1"})
    void noClientGivesUpBeforeAnAnswerLeaves(Client client, int unitsASecond) {
        JsonNode entry = client.entries("wharf", List.of()).firstEntry().getValue();
        int limit = entry.path(client.isToml() ? "tool_timeout_sec" : "timeout").asInt();
        assertThat(limit).isGreaterThan(20 * unitsASecond);
    }

    @Test
    void thePageAndTheProgramNameTheSameClients() throws Exception {
        String page = ClientsPage.text();
        String table = page.substring(page.indexOf("| client |"), page.indexOf("The last column"));
        List<String> rows =
                table.lines()
                        .skip(2)
                        .filter(line -> !line.isBlank())
                        .map(line -> line.split("\\|")[1].strip())
                        .toList();
        assertThat(rows).isEqualTo(Stream.of(Client.values()).map(Client::title).toList());
        Client.words().forEach(word -> assertThat(page.substring(0, 1_000)).contains(word));
    }
}
