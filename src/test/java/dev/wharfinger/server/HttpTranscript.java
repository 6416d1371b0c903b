package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Exchanges over HTTP as a file. {@code > } is a line that the client sends: a head, an empty line,
 * a body. {@code >\ } is one with the escapes of {@link WireTranscript}. {@code < } is a line that
 * must come back, byte for byte: the status line, the fields in alphabetical order but {@code
 * Date}, an empty line, the body out of its chunks. {@code # } is a remark.
 *
 * <p>Heads are sent with CRLF; {@code Content-Length} is added where a body follows and the head
 * says nothing of its length. A connection goes on until the server says that it closes it.
 */
record HttpTranscript(String name, List<Exchange> exchanges) {
    record Exchange(String remark, byte[] request, String response) {}

    static HttpTranscript read(Path file) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(file, UTF_8));
        lines.add(">");
        List<String> sent = new ArrayList<>();
        List<String> received = new ArrayList<>();
        String remark = "";
        for (String line : lines) {
            if ((line.startsWith(">") || line.startsWith("#")) && !received.isEmpty()) {
                exchanges.add(
                        new Exchange(remark, request(sent), String.join("\n", received) + "\n"));
                sent.clear();
                received.clear();
            }
            if (line.startsWith("#")) {
                remark = line.substring(1).strip();
            } else if (line.startsWith(">")) {
                sent.add(line);
            } else if (line.startsWith("<")) {
                received.add(text(line));
            } else if (!line.isBlank()) {
                throw new IOException(file + ": not understood: " + line);
            }
        }
        return new HttpTranscript(file.getFileName().toString(), exchanges);
    }

    private static String text(String line) {
        return line.length() < 2 ? "" : line.substring(2);
    }

    private static byte[] bytes(String line) {
        return line.startsWith(">\\ ")
                ? WireTranscript.unescaped(line.substring(3))
                : text(line).getBytes(UTF_8);
    }

    private static byte[] request(List<String> sent) {
        int end = sent.indexOf(">");
        List<String> head = end < 0 ? sent : sent.subList(0, end);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String line : end < 0 ? List.<String>of() : sent.subList(end + 1, sent.size())) {
            body.writeBytes(bytes(line));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String line : head) {
            all.writeBytes(bytes(line));
            all.writeBytes(new byte[] {'\r', '\n'});
        }
        boolean counted =
                head.stream().anyMatch(l -> l.matches("> (Content-Length|Transfer-Encoding):.*"));
        if (body.size() > 0 && !counted) {
            all.writeBytes(("Content-Length: " + body.size() + "\r\n").getBytes(ISO_8859_1));
        }
        all.writeBytes(new byte[] {'\r', '\n'});
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    /** What came back as the file has it. */
    static String written(RawHttp.Response response) {
        StringBuilder out = new StringBuilder(response.head().getFirst()).append('\n');
        response.head().stream()
                .skip(1)
                .filter(line -> !line.startsWith("Date: "))
                .sorted()
                .forEach(line -> out.append(line).append('\n'));
        if (!response.body().isEmpty()) {
            out.append('\n').append(response.body());
        }
        return out.toString().endsWith("\n") ? out.toString() : out.append('\n').toString();
    }
}
