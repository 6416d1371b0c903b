package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies without measure from many clients at once; a neighbour is served all the while. */
@EnabledOnOs(OS.LINUX)
class FloodTest {
    private static final int CLIENTS = Integer.getInteger("wharf.hostile.floods", 200);
    private static final long BYTES = 100_000_000;
    private static final String HEAD =
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @TempDir Path folder;

    /** One client: sends for as long as it is let, then looks at what came back. */
    private void flood(int port, String head, byte[] part, long most) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(most < BYTES ? 3000 : 30_000); // who stops half-way leaves soon
            try {
                socket.getOutputStream().write(head.getBytes(ISO_8859_1));
                for (long at = 0; at < most; at += part.length) {
                    socket.getOutputStream().write(part);
                    sent.addAndGet(part.length);
                }
            } catch (IOException cut) {
                // that is what it is for
            }
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(12), ISO_8859_1);
            if (answer.matches("HTTP/1.1 (413|503)")) {
                told.incrementAndGet();
            }
            in.readAllBytes();
        } catch (IOException cut) {
            // reset: ended all the same
        }
        ended.incrementAndGet();
    }

    @Test
    void twoHundredFloodsTakeLittleMemoryAndNoNeighboursTurn() throws Exception {
        byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1);
        byte[] plain = " ".repeat(0x4000).getBytes(ISO_8859_1);
        String endless = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
        try (LoneServer server = new LoneServer(folder);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Neighbour neighbour = new Neighbour(server.port());
            neighbour.calls(500);
            Neighbour.Times alone = neighbour.calls(1000);
            long before = server.memory("VmRSS");
            CountDownLatch over = new CountDownLatch(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                String lengthy = HEAD + "Content-Length: " + (i % 8 == 0 ? 8_000_000 : BYTES);
                String head = i % 4 == 0 ? lengthy + "\r\n\r\n" : endless;
                byte[] part = i % 4 == 0 ? plain : chunk;
                long most = i % 8 == 0 ? 7_900_000 : i % 2 == 0 ? BYTES : Long.MAX_VALUE;
                clients.submit(() -> {
                    flood(server.port(), head, part, most);
                    over.countDown();
                });
            }
            Neighbour.Times crowded = neighbour.calls(3000);
            assertThat(over.await(120, TimeUnit.SECONDS)).as("every flood ends").isTrue();
            Neighbour.Times after = neighbour.calls(1000);
            report(server, before, alone, crowded, after);
            assertThat(server.memory("VmHWM") - before).isLessThan(2L * LoneServer.HEAP_MIB);
            assertThat(server.complaints())
                    .as("nor do they fill the log")
                    .doesNotContain("OutOfMemory")
                    .hasSizeLessThan(10_000);
            assertThat(crowded.median()).isLessThan(Math.max(20 * alone.median(), 100_000));
            assertThat(after.median()).isLessThan(Math.max(10 * alone.median(), 50_000));
        }
    }

    private void report(
            LoneServer server,
            long before,
            Neighbour.Times alone,
            Neighbour.Times crowded,
            Neighbour.Times after)
            throws IOException {
        System.out.printf(
                "%d floods sent %,d MB; %d were told, %d ended; memory %d MiB before, %d most, %d"
                        + " now%n",
                CLIENTS,
                sent.get() / 1_000_000,
                told.get(),
                ended.get(),
                before,
                server.memory("VmHWM"),
                server.memory("VmRSS"));
        System.out.printf("neighbour alone: %s%nmeanwhile: %s%nafter: %s%n", alone, crowded, after);
    }
}
