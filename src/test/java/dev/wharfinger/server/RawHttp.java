package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An HTTP client that sends exactly what it is told, on a socket of its own. */
final class RawHttp implements AutoCloseable {
    record Response(int status, List<String> head, String body) {
        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawHttp(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One request on a connection of its own. */
    static Response ask(int port, String request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(request);
            return http.receive();
        }
    }

    /** A POST to /mcp with these further header lines. */
    static String post(String body, String... headers) {
        List<String> lines = new ArrayList<>();
        lines.add("POST /mcp HTTP/1.1");
        boolean hasHost = List.of(headers).stream().anyMatch(h -> h.startsWith("Host:"));
        if (!hasHost) {
            lines.add("Host: localhost");
        }
        if (List.of(headers).stream().noneMatch(h -> h.startsWith("Content-Type:"))) {
            lines.add("Content-Type: application/json");
        }
        if (List.of(headers).stream().noneMatch(h -> h.startsWith("Accept:"))) {
            lines.add("Accept: application/json, text/event-stream");
        }
        if (List.of(headers).stream().noneMatch(h -> h.startsWith("Transfer-Encoding:"))) {
            lines.add("Content-Length: " + body.getBytes(UTF_8).length);
        }
        lines.addAll(List.of(headers));
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Whether the server has closed, which it must do now; what still came is wrong. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Reads one whole response; the body to its length, its last chunk, or the end. */
    Response receive() throws IOException {
        List<String> head = head();
        int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
        Response bare = new Response(status, head, "");
        Optional<String> length = bare.header("Content-Length");
        byte[] body;
        if (status == 204) {
            body = new byte[0];
        } else if (length.isPresent()) {
            body = in.readNBytes(Integer.parseInt(length.get()));
        } else if (bare.header("Transfer-Encoding").isPresent()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                all.writeBytes(chunk);
            }
            body = all.toByteArray();
        } else {
            body = in.readAllBytes();
        }
        return new Response(status, head, new String(body, UTF_8));
    }

    /** Reads a response's head alone: status line and header lines. */
    List<String> head() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new IOException("closed without an answer");
        }
        return lines;
    }

    /** The next chunk of a body; empty for the last. */
    byte[] chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] bytes = in.readNBytes(size);
        line();
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
