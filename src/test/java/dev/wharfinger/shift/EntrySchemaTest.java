package dev.wharfinger.shift;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** schemas/journal/entry.schema.json tells strangers what {@link EntryText} writes, and no more. */
class EntrySchemaTest {
    private static final Path FILE = Path.of("schemas/journal/entry.schema.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final EntryText TEXT = new EntryText();

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(FILE), InputFormat.JSON);

    EntrySchemaTest() throws IOException {}

    @ParameterizedTest
    @MethodSource("samples")
    void everyEntryThatIsWrittenFits(Event event) {
        assertThat(complaints(line(event))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAgainAsItWas(Event event) {
        assertThat(TEXT.read(7, line(event)).event()).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFurtherMemberDoesNotFit(Event event) {
        ObjectNode entry = (ObjectNode) JSON.readTree(line(event));
        entry.put("surprise", true);
        assertThat(complaints(JSON.writeValueAsString(entry))).isNotEmpty();
    }

    /** Whatever the reader cannot do without, the schema demands. */
    @ParameterizedTest
    @MethodSource("samples")
    void aMissingMemberFitsOnlyWhereTheReaderDoesWithout(Event event) {
        JsonNode whole = JSON.readTree(line(event));
        for (String name : whole.propertyNames()) {
            ObjectNode entry = (ObjectNode) whole.deepCopy();
            entry.remove(name);
            String text = JSON.writeValueAsString(entry);
            assertThat(complaints(text).isEmpty())
                    .as("%s without %s", whole.path("type"), name)
                    .isEqualTo(isReadable(text));
        }
    }

    /** The one entry that is not written by EntryText: the journal knows nothing of events. */
    @Test
    void theJournalsOwnLineAboutACutFits(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");
        InstantSource clock = InstantSource.system();
        try (var journal = FileJournal.open(state, "example.com/journal/shop", clock)) {
            journal.append(line(new Event.StatusMoved("/deploy", "ACTIVE")));
        }
        tear(state.resolve("journal/entries"));
        try (var journal = FileJournal.open(state, "example.com/journal/shop", clock)) {
            String cut = journal.entry(1).line();
            assertThat(cut).contains("\"type\":\"journal.cut\"");
            assertThat(complaints(cut)).isEmpty();
        }
    }

    /** Half an entry behind the last whole one, as a crash leaves it. */
    private static void tear(Path entries) throws IOException {
        byte[] bytes = Files.readAllBytes(entries);
        int end = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('}') + 1;
        byte[] torn = {0, 0, 1, 0, 1, 2, 3, 4, '{'};
        System.arraycopy(torn, 0, bytes, end, torn.length);
        Files.write(entries, bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shift.forgotten", "call.allowed", ""})
    void anotherTypeDoesNotFit(String type) {
        String text =
                "{\"at\":\"2026-11-22T10:00:00Z\",\"type\":\"" + type + "\",\"principal\":\"a\"}";
        assertThat(complaints(text)).isNotEmpty();
    }

    @Test
    void noTypeIsMissing() throws IOException {
        List<String> kinds =
                EventSamples.kinds().stream().map(kind -> kind.getSimpleName()).toList();
        assertThat(samples().stream().map(event -> event.getClass().getSimpleName()).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds);

        var promised = new ArrayList<String>();
        JsonNode document = JSON.readTree(Files.readString(FILE));
        document.at("/properties/type/enum").forEach(type -> promised.add(type.asString()));
        var written = new HashSet<String>();
        samples().forEach(event -> written.add(EventFields.type(event)));
        assertThat(promised).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
        assertThat(document.path("oneOf")).hasSameSizeAs(promised);
    }

    private static List<Event> samples() {
        return EventSamples.all();
    }

    private static String line(Event event) {
        return TEXT.write(
                Instant.parse("2026-11-22T10:00:00.123Z"),
                new Principal("local:anna"),
                Optional.of(new PersonaName("deploy")),
                Optional.of(new ShiftId("s_abcdefghijklmnopqrstuvwxyz")),
                event);
    }

    private static boolean isReadable(String text) {
        try {
            return TEXT.read(7, text).index() == 7;
        } catch (EntryText.UnreadableEntry unreadable) {
            return false;
        }
    }

    private List<?> complaints(String text) {
        return schema.validate(text, InputFormat.JSON);
    }
}
