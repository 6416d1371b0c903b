package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Slow loris: heads and bodies at a byte a second, from thousands of sockets. */
@EnabledOnOs(OS.LINUX)
class SlowClientsTest {
    private static final int SOCKETS = Integer.getInteger("wharf.hostile.slow", 2000);
    private static final String HEAD = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    private static final String BODY =
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4000\r\n\r\n";

    @TempDir Path folder;

    private static List<SocketChannel> connect(int port) throws IOException {
        List<SocketChannel> slow = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            SocketChannel one = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            one.write(ByteBuffer.wrap((i % 2 == 0 ? HEAD : BODY).getBytes(ISO_8859_1)));
            one.configureBlocking(false);
            slow.add(one);
        }
        return slow;
    }

    /** A byte a second from each that is still open; how long until none is, in milliseconds. */
    private static long drip(List<SocketChannel> slow, long limitMillis) throws Exception {
        long start = System.nanoTime();
        long millis = 0;
        ByteBuffer heard = ByteBuffer.allocate(1024);
        for (long second = 1; !slow.isEmpty() && millis < limitMillis; second++) {
            slow.removeIf(one -> isCut(one, heard));
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Thread.sleep(Math.max(0, second * 1000 - millis));
        }
        return millis;
    }

    private static boolean isCut(SocketChannel one, ByteBuffer heard) {
        try {
            heard.clear();
            if (one.read(heard) >= 0) {
                one.write(ByteBuffer.wrap(new byte[] {'x'}));
                return false;
            }
            one.close();
        } catch (IOException reset) {
            // cut, and there was a byte on its way
        }
        return true;
    }

    @Test
    void slowSocketsAreCutAndMeanwhileTheirNeighbourIsServed() throws Exception {
        try (LoneServer server = new LoneServer(folder)) {
            Neighbour neighbour = new Neighbour(server.port());
            neighbour.calls(500);
            Neighbour.Times alone = neighbour.calls(1000);
            long before = server.memory("VmRSS");
            List<SocketChannel> slow = connect(server.port());
            int sockets = slow.size();
            CompletableFuture<Long> dripping =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            return drip(slow, 30_000);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
            Neighbour.Times crowded = neighbour.calls(6000);
            long most = server.memory("VmRSS");
            long millis = dripping.get(40, TimeUnit.SECONDS);
            System.out.printf(
                    "%d slow sockets: all cut after %,d ms; memory %d MiB before, %d with them%n"
                            + "neighbour alone: %s%nmeanwhile: %s%n",
                    sockets, millis, before, most, alone, crowded);
            assertThat(slow).as("a head has ten seconds, a body 1 KB/s after five").isEmpty();
            assertThat(most - before).isLessThan(100);
            assertThat(server.complaints()).hasSizeLessThan(10_000);
            assertThat(crowded.median()).isLessThan(Math.max(10 * alone.median(), 50_000));
        }
    }
}
