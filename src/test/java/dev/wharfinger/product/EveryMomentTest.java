package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.call.Answer;
import dev.wharfinger.cli.MortalKeeper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A keeper that dies at one entry of its journal, for each entry of a shift: with the entry written
 * and its effect not yet there, and with the effect there and the entry missing. Another keeper
 * settles, the agent repeats what was not answered, and all happened once.
 */
class EveryMomentTest {
    @TempDir Path folder;
    private VersionedShop shop;
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void makeTheShop() throws Exception {
        shop = VersionedShop.in(Files.createDirectory(folder.resolve("now")));
        shop.release("1.1.0");
    }

    @AfterEach
    void stopTheService() {
        shop.project().stop();
    }

    @Test
    void aTestersShiftDiesAtEachOfItsEntries() throws Exception {
        keep();
        int last = 1;
        for (int death = 1; death <= last + 1; death++) {
            for (boolean written : new boolean[] {true, false}) {
                last = Math.max(last, shift("test", death, written));
            }
        }
        System.out.println("a tester's shift died at each of its " + last + " entries, twice");
        assertThat(last).isGreaterThan(30);
        assertThat(problems).isEmpty();
    }

    @Test
    void aDeployersShiftDiesAtSomeOfItsEntries() throws Exception {
        shift("test", 0, false);
        shift("security", 0, false);
        keep();
        int last = shift("deploy", 0, false);
        long seed = Long.getLong("wharf.seed", 20261126L);
        int deaths = Integer.getInteger("wharf.deaths", 6);
        System.out.println(
                "EveryMomentTest: "
                        + deaths
                        + " deaths in a deployer's shift of "
                        + last
                        + " entries, -Dwharf.seed="
                        + seed);
        var random = new Random(seed);
        for (int i = 0; i < deaths; i++) {
            // All of them where they are asked for; else some, and most of them near the end.
            int death = deaths >= last * 2 ? 1 + i / 2 : last - (int) (last * square(random));
            restore();
            shift(
                    "deploy",
                    Math.max(1, death),
                    deaths >= last * 2 ? i % 2 == 0 : random.nextBoolean());
        }
        assertThat(problems).isEmpty();
    }

    private static double square(Random random) {
        double one = random.nextDouble();
        return one * one;
    }

    /** One shift with one death; the entries that the undisturbed rest of it had. */
    private int shift(String persona, int death, boolean written) throws Exception {
        if (death > 0) {
            restore();
        }
        var told = new Told(persona, new Random(31L * death + persona.hashCode()));
        int entries = 0;
        int lives = 0;
        boolean ended = false;
        while (!ended && lives < 4) {
            int dies = lives++ == 0 ? death : 0;
            try (var keeper =
                    new MortalKeeper(
                            shop.project().root(), shop.project().state(), dies, written)) {
                ended = told.live(keeper);
                entries += keeper.entries();
            }
        }
        check(persona, death, written, told);
        return entries;
    }

    private void check(String persona, int death, boolean written, Told told) throws Exception {
        var aftermath = new Aftermath(shop);
        List<JsonNode> entries = aftermath.entries();
        var wrong = new ArrayList<>(told.complaints);
        wrong.addAll(
                new CrashCheck(entries, aftermath.files()).complaints(told.answered, told.words()));
        wrong.addAll(aftermath.halfMade(entries));
        wrong.removeIf(each -> each.endsWith(".tmp")); // this process lives: they are still its own
        if (persona.equals("deploy")) {
            wrong.addAll(aftermath.running("1.1.0", entries));
        } else {
            wrong.removeIf(
                    each -> each.startsWith("PLAN.md says") && !each.contains("/" + persona));
        }
        if (!wrong.isEmpty()) {
            problems.add(
                    "/%s died %s entry %d: %s"
                            .formatted(persona, written ? "after" : "before", death, wrong));
        }
    }

    /** What one agent was told, over the lives of its servers. */
    private static final class Told {
        private final String persona;
        private final List<Extra> extras;
        private final List<Extra> all;
        private final List<Answered> answered = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private String shift = "";
        private boolean handingOver;

        Told(String persona, Random random) {
            this.persona = persona;
            this.all = Extra.of(persona, random);
            this.extras = new ArrayList<>(all);
        }

        List<String> words() {
            return all.stream().map(Extra::word).filter(word -> !word.isEmpty()).toList();
        }

        /** Works until the keeper dies; true where the shift has ended. */
        boolean live(MortalKeeper keeper) {
            if (handingOver
                    && call(keeper, "shift_status", node())
                            .filter(status -> !status.path("open").asBoolean())
                            .isPresent()) {
                return true;
            }
            var last = call(keeper, "begin_shift", node().put("request", "Please go on"));
            for (int calls = 0; last.isPresent() && calls < 60; calls++) {
                JsonNode refused = last.get().path("refused").path(0);
                JsonNode next =
                        (refused.isMissingNode() ? last.get() : refused).path("next").path(0);
                if (next.isMissingNode()) {
                    return true;
                }
                String tool = next.path("tool").asString();
                boolean reads = tool.equals("read_plan") || tool.equals("view_file");
                boolean ends = tool.equals("write_handoff") || tool.equals("record_note");
                if (!reads && extras.stream().anyMatch(extra -> ends || !extra.late())) {
                    last = aside(keeper, ends);
                } else {
                    handingOver |= tool.equals("write_handoff");
                    last = call(keeper, tool, (ObjectNode) next.path("arguments"));
                }
            }
            return false;
        }

        private Optional<JsonNode> aside(MortalKeeper keeper, boolean late) {
            for (Extra extra : List.copyOf(extras)) {
                if (extra.late() && !late) {
                    continue;
                }
                if (extra.tool().equals("write_file")) {
                    call(keeper, "list_dir", node().put("path", "tests"));
                }
                var answer = call(keeper, extra.tool(), extra.arguments());
                if (answer.isEmpty()) {
                    return Optional.empty();
                }
                String rule = answer.get().path("refused").path(0).path("rule").asString("");
                boolean there =
                        Map.of(
                                        "write_file", "hallucination.stale-read",
                                        "commit_work", "lane.unlogged-change")
                                .getOrDefault(extra.tool(), "-")
                                .equals(rule);
                if (answer.get().has("refused") && !there) {
                    complaints.add(extra.tool() + " was not done: " + answer.get());
                }
                extras.remove(extra);
            }
            return call(keeper, "shift_status", node());
        }

        private Optional<JsonNode> call(MortalKeeper keeper, String tool, ObjectNode arguments) {
            Optional<Answer> answer = keeper.call(persona, tool, arguments);
            answer.filter(said -> !said.isError())
                    .ifPresent(said -> {
                        if (tool.equals("begin_shift")) {
                            shift = said.structured().path("shift").asString();
                        }
                        answered.add(
                                new Answered(persona, shift, tool, arguments, said.structured()));
                    });
            return answer.map(Answer::structured);
        }

        private static ObjectNode node() {
            return StdioClient.JSON.createObjectNode();
        }
    }

    /** Keeps the shop as it is, for {@link #restore}. */
    private void keep() throws IOException {
        copy(folder.resolve("now"), folder.resolve("kept"));
    }

    private void restore() throws IOException {
        if (Files.exists(folder.resolve("kept"))) {
            shop.project().stop();
            copy(folder.resolve("kept"), folder.resolve("now"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(
                        each,
                        to.resolve(from.relativize(each).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
