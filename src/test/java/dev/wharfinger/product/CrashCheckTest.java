package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** The check of a killed shift is no rubber stamp: what is lost or doubled, it finds. */
class CrashCheckTest {
    private static Told told;

    /** One undisturbed story, told once for all of these tests. */
    private record Told(List<JsonNode> entries, Map<String, String> files, Story story) {
        List<String> complaints(List<JsonNode> entries, Map<String, String> files) {
            return new CrashCheck(entries, files).complaints(story.answered(), story.words());
        }
    }

    @TempDir static Path folder;
    private static VersionedShop shop;

    @org.junit.jupiter.api.BeforeAll
    static void tell() throws Exception {
        shop = VersionedShop.in(folder);
        var random = new Random(7);
        var nobody = new Killer(KillMoment.NEVER, Map.of(), random);
        var story = new Story(shop, "1.1.0", nobody, false, random, folder.resolve("stderr.txt"));
        story.tell();
        var aftermath = new Aftermath(shop);
        told = new Told(aftermath.entries(), aftermath.files(), story);
        assertThat(aftermath.complaints("1.1.0", told.entries())).isEmpty();
    }

    @org.junit.jupiter.api.AfterAll
    static void stop() {
        shop.project().stop();
    }

    @Test
    void anUndisturbedStoryIsInOrder() {
        assertThat(told.complaints(told.entries(), told.files())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shift.begun", "note.recorded", "file.written", "commit.made", "proof.recorded",
                "outcome.observed", "plan.made", "deploy.started", "deploy.finished", "shift.ended"
            })
    void aLostEntryIsMissed(String type) {
        var entries = new ArrayList<>(told.entries());
        entries.remove(last(type));
        assertThat(told.complaints(entries, told.files())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy.started", "deploy.finished", "deploy.step", "shift.ended"})
    void aDoubledEntryIsSeen(String type) {
        var entries = new ArrayList<>(told.entries());
        entries.add(last(type));
        if (type.equals("deploy.step")) {
            entries.add(
                    find(e ->
                            e.path("phase").asString().equals("switch")
                                    && e.path("done").asBoolean()));
        }
        assertThat(told.complaints(entries, told.files())).isNotEmpty();
    }

    private static JsonNode last(String type) {
        return find(entry -> entry.path("type").asString().equals(type));
    }

    private static JsonNode find(Predicate<JsonNode> wanted) {
        return told.entries().stream().filter(wanted).reduce((_, b) -> b).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "DEPLOYMENT_RUNBOOK.md, | staging |",
        "SESSION_LOG.md, Session start",
        "SESSION_LOG.md, Session end",
        "SESSION_LOG.md, to staging done",
        "SESSION_LOG.md, | Phase",
        "SESSION_LOG.md, The session is called",
        "RAID_LOG.md, The issue is called",
        ".raps/MEMORY.md, The memory is called",
        "HANDOFF_NOTES.md, ## "
    })
    void aRowThatIsLostOrDoubledIsSeen(String file, String part) {
        String text = told.files().getOrDefault(file, "");
        String row =
                text.lines().filter(line -> line.contains(part)).reduce((_, b) -> b).orElseThrow();
        for (String wrong : List.of("", row + "\n" + row + "\n")) {
            var files = new LinkedHashMap<>(told.files());
            files.put(file, text.replace(row + "\n", wrong));
            // The journal may not give it away: its last word on that file is made to fit.
            assertThat(told.complaints(fitting(files, file), files)).as(wrong).isNotEmpty();
        }
    }

    private static List<JsonNode> fitting(Map<String, String> files, String file) {
        var hash =
                dev.wharfinger.workspace.ContentHash.of(
                        files.getOrDefault(file, "")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var entries = new ArrayList<JsonNode>();
        for (JsonNode entry : told.entries()) {
            boolean written =
                    entry.path("type").asString().equals("file.written")
                            && entry.path("path").asString().equals(file);
            entries.add(
                    written ? ((ObjectNode) entry.deepCopy()).put("sha256", hash.hex()) : entry);
        }
        return entries;
    }

    @Test
    void aRowOfThePlanThatSaysSomethingElseIsSeen() {
        var files = new LinkedHashMap<>(told.files());
        files.computeIfPresent("PLAN.md", (_, text) -> text.replace("🛠️ ACTIVE", "💤 IDLE"));
        assertThat(told.complaints(fitting(files, "PLAN.md"), files)).isNotEmpty();
    }

    @Test
    void whatLiesAboutAndAnotherVersionAreSeen() throws Exception {
        Path temp = shop.project().root().resolve(".0123.tmp");
        Files.createFile(temp);
        var aftermath = new Aftermath(shop);
        assertThat(aftermath.complaints("1.1.0", told.entries())).hasSize(1);
        Files.delete(temp);
        assertThat(aftermath.complaints("1.2.0", told.entries())).hasSize(2);
    }
}
