package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The unit of {@code docs/service.md}, read by systemd's own tools where they are. */
class ServiceUnitTest {
    private static final Path UNIT = Path.of("docs/service/wharfinger@.service");

    @TempDir Path folder;

    private String unit() throws Exception {
        return Files.readString(UNIT);
    }

    @Test
    void systemdFindsNothingWrongWithIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is not here");
        assertThat(analyzed(unit())).isEmpty();
        assertThat(analyzed(unit().replace("KillMode=process", "KillMode=sometimes")))
                .contains("sometimes");
    }

    private String analyzed(String text) throws Exception {
        String here = Path.of("wharf").toAbsolutePath().toString();
        Path file =
                Files.writeString(
                        folder.resolve("wharfinger@.service"),
                        text.replace("/opt/wharfinger/wharf", here));
        Process verify =
                new ProcessBuilder("systemd-analyze", "verify", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(verify.getInputStream().readAllBytes());
        verify.waitFor();
        return said;
    }

    @Test
    void itLeavesServicesAliveAndTheWallsStanding() throws Exception {
        List<String> lines = unit().lines().toList();
        assertThat(lines)
                .contains(
                        "KillMode=process",
                        "User=wharfinger",
                        "StateDirectoryMode=0700",
                        "NoNewPrivileges=yes",
                        "CapabilityBoundingSet=");
        assertThat(lines)
                .noneMatch(line -> line.matches("(RestrictSUIDSGID|MemoryDenyWriteExecute)=.*"))
                .noneMatch(line -> line.matches("(PrivateTmp|SystemCallFilter|DynamicUser)=.*"));
    }
}
