package dev.wharfinger.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A killed server leaves its services running and no command. */
@EnabledOnOs(OS.LINUX)
class LeashTest {
    private static final int LOOKS = 1_000;
    private static final long LOOK_MILLIS = 20;

    @TempDir Path temp;

    @ParameterizedTest
    @EnumSource(
            value = Confinement.class,
            names = {"OFF", "BEST"})
    void aKilledServerTakesItsCommandsWithItAndLeavesItsServices(Confinement wanted)
            throws Exception {
        Path folder = temp.toRealPath();
        Process server = server(folder, wanted);
        try {
            List<Long> command = pids(folder.resolve("command"));
            List<Long> service = pids(folder.resolve("service"));
            assertThat(command).hasSize(3).allMatch(LeashTest::isAlive);
            server.destroyForcibly().waitFor();
            for (int i = 0; i < LOOKS && command.stream().anyMatch(LeashTest::isAlive); i++) {
                Thread.sleep(LOOK_MILLIS);
            }
            assertThat(command).noneMatch(LeashTest::isAlive);
            assertThat(service).hasSize(1).allMatch(LeashTest::isAlive);
        } finally {
            server.destroyForcibly().waitFor();
            for (String file : List.of("command", "service")) {
                for (long pid : pids(folder.resolve(file))) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    private static Process server(Path folder, Confinement wanted) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalRunner.class.getName(),
                        folder.toString(),
                        wanted.name())
                .inheritIO()
                .start();
    }

    /** The ids in that file, once it is there. */
    private static List<Long> pids(Path file) throws Exception {
        for (int i = 0; i < LOOKS && !Files.exists(file); i++) {
            Thread.sleep(LOOK_MILLIS);
        }
        var pids = new ArrayList<Long>();
        for (String pid : Files.readString(file).strip().split("\\s+")) {
            pids.add(Long.valueOf(pid));
        }
        return pids;
    }

    private static boolean isAlive(long pid) {
        return new ProcessTable().entry(pid).filter(ProcessTable.Entry::isAlive).isPresent();
    }
}
