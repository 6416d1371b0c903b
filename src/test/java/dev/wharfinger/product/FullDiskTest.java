package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk without a free byte, for journal, target, project and ledger alike: a small file system of
 * its own, which takes root to mount. What runs is left all the same, and told once there is room.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    @TempDir Path folder;
    private Path disk = Path.of("");
    private VersionedShop shop;

    @BeforeEach
    void twoVersionsHaveRunOnASmallDisk() throws Exception {
        disk = Files.createDirectory(folder.toRealPath().resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=48m", "wharf-test", disk.toString()) == 0,
                "a file system can be mounted (root)");
        shop = VersionedShop.in(disk);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            ReturnRounds.ship(shop, deploy, "1.1.0");
            ReturnRounds.ship(shop, deploy, "1.2.0");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (shop != null) {
            shop.project().stop();
        }
        run("umount", "-l", disk.toString());
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /** Writes until nothing more goes in. */
    private void fill() throws IOException {
        for (int size : new int[] {1 << 20, 4096, 1}) {
            try (var out =
                    Files.newOutputStream(
                            disk.resolve("filling-" + size),
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND)) {
                var bytes = new byte[size];
                for (int i = 0; i < 1 << 20; i++) {
                    out.write(bytes);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }
    }

    private void makeRoom() throws IOException {
        for (int size : new int[] {1 << 20, 4096, 1}) {
            Files.deleteIfExists(disk.resolve("filling-" + size));
        }
    }

    private List<String> entries() throws IOException {
        var types = new ArrayList<String>();
        JournalReader.open(shop.project().state())
                .walk(entry ->
                        types.add(StdioClient.JSON.readTree(entry.line()).path("type").asString()));
        return types.stream().filter(type -> type.startsWith("return.")).toList();
    }

    private void theNextServerTellsItOnce() throws Exception {
        makeRoom();
        for (int i = 0; i < 2; i++) {
            try (var next = StdioClient.start(shop.project(), "--persona", "deploy")) {
                next.call("read_plan");
            }
            assertThat(entries()).containsExactly("return.started", "return.finished");
            assertThat(shop.project().state().resolve("owed")).doesNotExist();
        }
        assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
    }

    @Test
    void anAgentsServerGoesBack() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Something is wrong");
            fill();
            JsonNode back =
                    deploy.call(
                            "rollback", "environment", "staging", "reason", "errors everywhere");
            System.out.println(back.path("content").path(0).path("text").asString());
            assertThat(back.path("structuredContent").path("state").asString())
                    .as("%s", back)
                    .isEqualTo("rolled_back");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        }
        theNextServerTellsItOnce();
    }

    @Test
    void aPersonGoesBackWhereNoServerRuns() throws Exception {
        fill();
        assertThat(shop.wharf("rollback", "staging", "--reason", "errors everywhere")).isZero();
        assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        theNextServerTellsItOnce();
    }
}
