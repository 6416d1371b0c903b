package dev.wharfinger.server;

import static dev.wharfinger.server.HttpFixture.META;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Request smuggling and foreign names, as {@code hostile/heads.txt} lists them. Whatever is refused
 * ends its connection, so that nothing behind it is taken for a request.
 */
class HostileHeadsTest {
    private static final String VERSION =
            "Accept: application/json\\r\\n"
                    + "MCP-Protocol-Version: 2026-07-28\\r\\n"
                    + "Mcp-Method: tools/list\\r\\n";
    private static final String SECOND =
            HttpFixture.modernRequest(
                    "tools/call", "echo", "\"name\":\"echo\",\"arguments\":{\"text\":\"second\"}");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private static HttpFixture http;

    record Head(String expected, String sent) {
        @Override
        public String toString() {
            return expected + " | " + (sent.length() < 90 ? sent : sent.substring(0, 90) + "…");
        }
    }

    @BeforeAll
    static void start() {
        http = new HttpFixture();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    static Stream<Head> heads() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/hostile/heads.txt"), UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 2))
                .map(parts -> new Head(parts[0], parts[1]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void whatIsRefusedEndsItsConnectionAndWhatIsServedDoesNot(Head head) throws IOException {
        String came = exchange(WireTranscript.unescaped(filled(head.sent())));
        List<String> statuses =
                STATUS.matcher(came).results().map(found -> found.group(1)).toList();
        String status = head.expected().substring(0, 3);
        switch (head.expected().substring(3)) {
            case "sed" -> assertThat(came).isEmpty();
            case " only" -> assertThat(statuses).as(came).containsExactly(status);
            case " on" -> assertThat(statuses).as(came).containsExactly(status, "200");
            default -> {
                boolean served = status.equals("200");
                assertThat(statuses)
                        .as(came)
                        .isEqualTo(served ? List.of("200", "200") : List.of(status));
                assertThat(came.contains("second")).isEqualTo(served);
            }
        }
        assertThat(came).doesNotContain("still open");
        assertThat(came).doesNotContain("Exception").doesNotContain("undertow");
    }

    private static String filled(String sent) {
        return filled(
                sent,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{"
                        + META
                        + "}}");
    }

    /** What a line of the list stands for, with this body. */
    static String filled(String sent, String body) {
        return sent.replace("{p}", "POST /mcp HTTP/1.1\\r\\nContent-Type: application/json\\r\\n")
                .replace("{h}", "Host: localhost\\r\\n")
                .replace("{v}", VERSION)
                .replace("{n}", "" + body.length())
                .replace("{x}", Integer.toHexString(body.length()))
                .replace("{b}", body);
    }

    /** All that comes back, up to the end of the connection or the answer to the second request. */
    private static String exchange(byte[] first) throws IOException {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", http.port())) {
            socket.setSoTimeout(10_000);
            byte[] second = SECOND.getBytes(UTF_8);
            byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            socket.getOutputStream().write(both);
            byte[] part = new byte[8 << 10];
            int read = socket.getInputStream().read(part);
            while (read >= 0) {
                came.write(part, 0, read);
                Matcher statuses = STATUS.matcher(came.toString(ISO_8859_1));
                if (statuses.results().count() == 2) {
                    return came.toString(ISO_8859_1);
                }
                read = socket.getInputStream().read(part);
            }
        } catch (SocketTimeoutException e) {
            return came.toString(ISO_8859_1) + "\nstill open";
        } catch (SocketException reset) {
            return came.toString(
                    ISO_8859_1); // closed while there was more to read: so it was meant
        }
        return came.toString(ISO_8859_1);
    }
}
