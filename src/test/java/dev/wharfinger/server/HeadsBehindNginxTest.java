package dev.wharfinger.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hostile heads through a real nginx, which sends everybody's requests over one connection. In
 * each of their bodies another whole request is hidden. Whatever nginx makes of them, the hidden
 * one is never taken for a request, and the next clients get their own answers.
 */
class HeadsBehindNginxTest {
    private static final String HIDDEN = echo(7, "hidden");

    /** Refused before the body is read: what was not read must not be read as a request later. */
    private static final List<String> UNREAD =
            List.of(
                    "POST /nowhere HTTP/1.1\\r\\n{h}Content-Length: {n}\\r\\n\\r\\n{b}",
                    "POST /mcp HTTP/1.1\\r\\n{h}Content-Type: text/plain\\r\\n"
                            + "Content-Length: {n}\\r\\n\\r\\n{b}",
                    "POST /mcp HTTP/1.1\\r\\n{h}Content-Type: text/plain\\r\\nTransfer-Encoding:"
                            + " chunked\\r\\n\\r\\n{x}\\r\\n{b}\\r\\n0\\r\\n\\r\\n",
                    "{p}{h}Accept: text/html\\r\\nContent-Length: {n}\\r\\n\\r\\n{b}",
                    "{p}{h}Authorization: Bearer wrong\\r\\nContent-Length: {n}\\r\\n\\r\\n{b}",
                    "{p}{h}Expect: 100-continue\\r\\nContent-Length: {n}\\r\\n\\r\\n{b}",
                    "{p}Host: evil.example.com\\r\\nContent-Length: {n}\\r\\n\\r\\n{b}",
                    "{p}Host: evil.example.com\\r\\nTransfer-Encoding:"
                            + " chunked\\r\\n\\r\\n{x}\\r\\n{b}\\r\\n0\\r\\n\\r\\n",
                    "GET /mcp HTTP/1.1\\r\\n{h}Content-Length: {n}\\r\\n\\r\\n{b}",
                    "DELETE /mcp HTTP/1.1\\r\\n{h}Content-Length: {n}\\r\\n\\r\\n{b}",
                    "PUT /mcp HTTP/1.1\\r\\n{h}Content-Length: {n}\\r\\n\\r\\n{b}",
                    "{p}{h}Content-Length: {n}\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
                            + "0\\r\\n\\r\\n{b}",
                    "{p}{h}Content-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n"
                            + "{x}\\r\\n{b}\\r\\n0\\r\\n\\r\\n",
                    "{p}{h}Transfer-Encoding: chunked\\r\\n\\r\\n"
                            + "1;\\n{x}\\r\\n{b}\\r\\n0\\r\\n\\r\\n",
                    "POST /nowhere HTTP/1.1\\r\\n{h}Content-Length: 200000\\r\\n\\r\\n{b}{fill}{b}",
                    "{p}{h}Content-Length: 200000\\r\\n\\r\\n{b}{fill}{b}");

    @TempDir private static Path folder;

    private static HttpFixture http;
    private static List<Nginx> proxies = List.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var program = Nginx.program();
        assumeTrue(program.isPresent(), "nginx is not on this machine");
        http = new HttpFixture();
        proxies = new ArrayList<>();
        for (boolean whole : List.of(true, false)) {
            Path its = Files.createDirectory(folder.resolve("whole-" + whole));
            proxies.add(Nginx.start(program.get(), its, http.port(), whole));
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        for (Nginx proxy : proxies) {
            proxy.close();
        }
        if (http != null) {
            http.close();
        }
    }

    static Stream<String> heads() throws IOException {
        return Stream.concat(
                UNREAD.stream(), HostileHeadsTest.heads().map(HostileHeadsTest.Head::sent));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void whatIsHiddenInABodyIsNoRequestAndTheNextClientGetsItsOwnAnswer(String head)
            throws IOException {
        byte[] hostile = WireTranscript.unescaped(filled(head));
        for (Nginx proxy : proxies) {
            http.credentials.clear();
            attack(proxy.port(), hostile);
            for (int i = 0; i < 3; i++) {
                RawHttp.Response own = RawHttp.ask(proxy.port(), echo(100 + i, "victim " + i));
                assertThat(own.status()).as(own.toString()).isEqualTo(200);
                assertThat(own.body()).contains("\"id\":" + (100 + i)).contains("victim " + i);
            }
            assertThat(http.credentials).contains("victim 2").doesNotContain("hidden");
        }
    }

    @Test
    void aRequestThatIsNotHiddenIsSeen() throws IOException {
        for (Nginx proxy : proxies) {
            http.credentials.clear();
            try (RawHttp both = new RawHttp(proxy.port())) {
                both.send(echo(1, "first") + HIDDEN);
                assertThat(both.receive().body()).contains("first");
                assertThat(both.receive().body()).contains("hidden");
            }
            assertThat(http.credentials).containsExactly("first", "hidden");
        }
    }

    /** A faultless call that says in its head who sent it. */
    private static String echo(int id, String who) {
        return HttpFixture.modernRequest(
                id,
                "tools/call",
                "echo",
                "\"name\":\"echo\",\"arguments\":{\"text\":\"" + who + "\"}",
                "Authorization: " + who);
    }

    private static String filled(String head) {
        return HostileHeadsTest.filled(head, HIDDEN)
                .replace("{fill}", "x".repeat(200_000 - 2 * HIDDEN.length()));
    }

    /** Sends it, and takes what comes until a tenth of a second brings nothing more. */
    private static void attack(int port, byte[] hostile) throws IOException {
        StringBuilder came = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(100);
            socket.getOutputStream().write(hostile);
            byte[] part = new byte[8 << 10];
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                came.append(new String(part, 0, read, ISO_8859_1));
            }
        } catch (SocketTimeoutException | SocketException over) {
            // nginx waits for more, or has closed over what nobody read
        }
        assertThat(came).doesNotContain("Exception").doesNotContain("undertow");
    }
}
