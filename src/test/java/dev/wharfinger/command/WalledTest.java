package dev.wharfinger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Walls hold for one thread, and for no other of the server. */
class WalledTest {
    @TempDir Path folder;

    @Test
    void aVirtualThreadThatWaitsForWalledWorkIsNotWalledItself() throws Exception {
        assumeTrue(Landlock.abi() > 0, "this kernel has no Landlock");
        Process fresh =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djdk.virtualThreadScheduler.parallelism=16",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WalledTest.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(fresh.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo("sees " + folder);
        assertThat(fresh.waitFor()).isZero();
    }

    /** In a process that has no idle carrier, so that the next virtual thread gets a new one. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Landlock walls = Landlock.create()) {
            walls.allow(Path.of("/usr").toRealPath(), Landlock.Access.READ);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            Walled.on(() -> {
                                occupyCarriers();
                                return walls.bindThisThread();
                            });
                            boolean seen =
                                    folder.toFile().canRead() && folder.toFile().list() != null;
                            System.out.println((seen ? "sees " : "is walled from ") + folder);
                        } catch (IOException e) {
                            System.out.println(e);
                        }
                    })
                    .join();
        }
    }

    /** Keeps every carrier busy, as work that computes does; the thread that waits has parked. */
    private static void occupyCarriers() throws IOException {
        var running = new AtomicInteger();
        for (int i = 1; i <= 12 && (i < 4 || carriers() > running.get()); i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        running.incrementAndGet();
                        long end = System.nanoTime() + 2_000_000_000L;
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                    });
            while (running.get() < i) {
                Thread.onSpinWait();
            }
        }
    }

    private static int carriers() throws IOException {
        int carriers = 0;
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                carriers +=
                        Files.readString(task.resolve("comm")).startsWith("ForkJoinPool") ? 1 : 0;
            }
        }
        return carriers;
    }

    @Test
    void givesTheResultOrTheReason() throws IOException {
        assertThat(Walled.<String>on(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() ->
                        Walled.on(() -> {
                            throw new IOException("no");
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThatThrownBy(() ->
                        Walled.on(() -> {
                            throw new IllegalStateException("a bug");
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("could not run behind walls");
    }
}
