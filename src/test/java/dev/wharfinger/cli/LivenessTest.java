package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * From any state, an agent that only ever sends the first call it is offered ends its shift or is
 * told that a person must act. {@code -Dwharf.liveness.states=1000} walks from so many states,
 * {@code -Dwharf.seed=N} from that one.
 */
class LivenessTest {
    private static final int USUAL = 200;
    @TempDir static Path folder;
    private static Path template = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        template = DriftingProject.prepare(folder);
    }

    @Test
    void aRobotThatSendsOnlyTheFirstNextCallEndsOrMeetsAPersonFromEverySeededState()
            throws Exception {
        Optional<Long> one = Optional.ofNullable(Long.getLong("wharf.seed"));
        long first = one.orElse(Long.getLong("wharf.liveness.first", 20261126L));
        int states = one.isPresent() ? 1 : Integer.getInteger("wharf.liveness.states", USUAL);
        System.out.println("LivenessTest: " + states + " states, -Dwharf.seed from " + first);
        Map<Robot.End, Integer> ends = new EnumMap<>(Robot.End.class);
        var stuck = new ArrayList<String>();
        var rules = new TreeSet<String>();
        int longest = 0;
        for (long seed = first; seed < first + states; seed++) {
            try (var walk = new Walk(seed)) {
                ends.merge(walk.run(), 1, Integer::sum);
                longest = Math.max(longest, walk.calls());
                rules.addAll(walk.rules());
            } catch (Exception e) { // whatever breaks, its seed is told and the others are walked
                stuck.add("-Dwharf.seed=" + seed + ": " + e);
            }
        }
        System.out.println("LivenessTest: " + ends + ", longest way " + longest + " calls");
        System.out.println("LivenessTest: " + rules.size() + " rules met: " + rules);
        assertThat(stuck).as("walks that went nowhere").isEmpty();
        if (states >= USUAL) {
            assertThat(rules)
                    .as("states far into a deployment, and many others")
                    .hasSizeGreaterThan(20)
                    .contains("deploy.drifted", "deploy.unresolved");
            assertThat(ends).containsKeys(Robot.End.SHIFT_ENDED, Robot.End.A_PERSON_MUST_ACT);
        }
    }

    /** One seeded state, and the robot's way out of it. */
    private static final class Walk implements AutoCloseable {
        private final Random random;
        private final DriftingProject project;
        private final Agents agents;
        private final List<String> prefix = new ArrayList<>();
        private int calls;

        Walk(long seed) throws Exception {
            random = new Random(seed);
            Path place = Files.createDirectories(folder.resolve("s" + seed)).toRealPath();
            boolean ships = random.nextInt(12) == 0;
            var configuration = Configurations.draw(random, place, ships, freePort());
            project = DriftingProject.of(template, place, configuration);
            agents = new Agents(project, random);
        }

        int calls() {
            return calls;
        }

        Set<String> rules() {
            return agents.met();
        }

        Robot.End run() throws Exception {
            var world = new WorldActs(project, random);
            if (random.nextInt(3) != 0) {
                prefix.add(world.proofs());
            }
            if (random.nextInt(3) == 0) {
                prefix.add(agents.plan());
            }
            int acts = random.nextInt(16);
            for (int i = 0; i < acts; i++) {
                prefix.add(random.nextInt(10) < 7 ? agents.act() : world.act());
            }
            String persona =
                    Configurations.pick(
                            random, List.of("deploy", "deploy", "deploy", "test", "security"));
            var robot = new Robot(project, agents, persona);
            try {
                Robot.End end = robot.walk();
                calls = robot.calls();
                if (end == Robot.End.A_PERSON_MUST_ACT) {
                    aPersonCan(robot);
                }
                return end;
            } catch (Robot.Stuck e) {
                String before = "\n  before:\n    " + String.join("\n    ", prefix);
                throw new Robot.Stuck(persona + ": " + e.getMessage() + before);
            }
        }

        /** A person can end the shift as well, or is told what must be mended first. */
        private void aPersonCan(Robot robot) throws Robot.Stuck {
            if (robot.openShift().isEmpty()) {
                return;
            }
            var why = new ArrayList<String>();
            Optional<String> ended =
                    project.keeper()
                            .tools()
                            .shifts()
                            .end(
                                    robot.openShift().get().id().value(),
                                    project.keeper().folder()::persona,
                                    why::add);
            boolean told = why.stream().anyMatch(line -> !line.isBlank());
            if (ended.isEmpty() && !told) {
                throw new Robot.Stuck("a person cannot end the shift and is not told why");
            }
        }

        @Override
        public void close() throws IOException {
            project.close();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
