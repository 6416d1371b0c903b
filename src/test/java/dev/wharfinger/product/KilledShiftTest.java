package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real server, killed with SIGKILL at seeded moments of /test, /security and /deploy on a real
 * repository with a live service. After each: the journal verifies, no answered call is missing,
 * everything happened once, the version that the journal names is served, the shifts end.
 *
 * <p>The suite takes a few moments; {@code -Dwharf.kills=150} takes so many, {@code -Dwharf.seed=N
 * -Dwharf.kills=1} repeats one.
 */
class KilledShiftTest {
    private static final int KILLS = Integer.getInteger("wharf.kills", 6);

    /**
     * So many stories go on in one project, whose journal and ledger grow; then comes a new one.
     */
    private static final int STORIES = 10;

    @TempDir Path folder;
    private Optional<VersionedShop> shop = Optional.empty();
    private final Map<String, Duration> usual = new HashMap<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private int stories;

    @AfterEach
    void stopTheService() {
        shop.ifPresent(each -> each.project().stop());
        recoveries.sort(null);
        if (!recoveries.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "recovered %d times, from the loss to the next answer: median %.1f s, most"
                            + " %.1f s%n",
                    recoveries.size(),
                    recoveries.get(recoveries.size() / 2).toMillis() / 1e3,
                    recoveries.getLast().toMillis() / 1e3);
        }
    }

    @TestFactory
    Stream<DynamicTest> aServerKilledAtAnyMomentLosesNothingAndDoesNothingTwice() {
        long first = Long.getLong("wharf.seed", 20261126L);
        System.out.println("KilledShiftTest: " + KILLS + " kills, -Dwharf.seed=" + first);
        return IntStream.range(0, KILLS)
                .mapToObj(i -> {
                    long seed = first + i;
                    KillMoment moment = KillMoment.of(new Random(seed));
                    return DynamicTest.dynamicTest(
                            "seed " + seed + ": " + moment, () -> tell(seed, moment));
                });
    }

    private void tell(long seed, KillMoment moment) throws Exception {
        if (shop.isEmpty() || stories == STORIES) {
            begin();
        }
        var random = new Random(~seed);
        var killer = new Killer(moment, usual, random);
        Story story = story(killer, moment.attached(), random);
        String found = "seed " + seed + ", " + moment + ", " + killer.found();
        System.out.println(
                found + (story.refused().isEmpty() ? "" : "; refused " + story.refused()));
        recoveries.addAll(story.recoveries());
        List<String> problems = problems(story);
        if (!problems.isEmpty()) {
            stories =
                    STORIES; // what is wrong stays wrong: the next story gets a project of its own
        }
        assertThat(problems).as(found).isEmpty();
        if (stories % 5 == 2) {
            assertThat(verified()).as("wharf journal verify, " + found).isZero();
        }
    }

    /** What the command itself says, as an auditor runs it. */
    private int verified() throws Exception {
        ShopProject project = shop.orElseThrow().project();
        return StdioClient.run(
                "journal",
                "verify",
                "--root",
                project.root().toString(),
                "--state",
                project.state().toString());
    }

    /** A new project, whose first version is shipped undisturbed and gives the usual times. */
    private void begin() throws Exception {
        shop.ifPresent(old -> old.project().stop());
        stories = 0;
        shop = Optional.of(VersionedShop.in(Files.createTempDirectory(folder, "shop")));
        var random = new Random(0);
        var nobody = new Killer(KillMoment.NEVER, Map.of(), random);
        Story story = story(nobody, false, random);
        usual.clear();
        usual.putAll(story.took());
        assertThat(problems(story)).as("undisturbed").isEmpty();
    }

    private Story story(Killer killer, boolean attached, Random random) throws Exception {
        Path log = folder.resolve("stderr.txt");
        var story = new Story(shop.orElseThrow(), version(), killer, attached, random, log);
        try {
            story.tell();
        } catch (Exception | Error e) {
            stories = STORIES;
            throw new IllegalStateException(
                    killer.found() + "; refused " + story.refused() + "; stderr " + tail(log), e);
        }
        stories++;
        return story;
    }

    private static String tail(Path log) throws Exception {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private String version() {
        return "1." + (stories + 1) + ".0";
    }

    private List<String> problems(Story story) throws Exception {
        String version = "1." + stories + ".0";
        var problems = new ArrayList<>(story.complaints());
        var aftermath = new Aftermath(shop.orElseThrow());
        List<JsonNode> entries = aftermath.entries();
        problems.addAll(aftermath.complaints(version, entries));
        problems.addAll(
                new CrashCheck(entries, aftermath.files())
                        .complaints(story.answered(), story.words()));
        return problems;
    }
}
