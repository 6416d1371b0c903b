package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A conversation as a file: {@code > } what the client sends, {@code < } what must come back byte
 * for byte, {@code # } a remark. {@code >\ } sends text with {@code \n}, {@code \r}, {@code \\} and
 * {@code \xHH} escapes and no line end of its own; {@code >=N c} sends N times the character and a
 * line end; {@code ! held} waits until a call waits, {@code ! ends} ends the client's output.
 */
record WireTranscript(String name, List<Step> steps) {
    sealed interface Step {
        record Sends(byte[] bytes) implements Step {}

        record Receives(String line) implements Step {}

        record Signal(String word) implements Step {}
    }

    static WireTranscript read(Path file) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("> ")) {
                steps.add(new Step.Sends((line.substring(2) + "\n").getBytes(UTF_8)));
            } else if (line.startsWith(">\\ ")) {
                steps.add(new Step.Sends(unescaped(line.substring(3))));
            } else if (line.startsWith(">=")) {
                int blank = line.indexOf(' ');
                String repeated =
                        line.substring(blank + 1)
                                .repeat(Integer.parseInt(line.substring(2, blank)));
                steps.add(new Step.Sends((repeated + "\n").getBytes(UTF_8)));
            } else if (line.startsWith("< ")) {
                steps.add(new Step.Receives(line.substring(2)));
            } else if (line.startsWith("! ")) {
                steps.add(new Step.Signal(line.substring(2).strip().toLowerCase(Locale.ROOT)));
            } else {
                throw new IOException(file + ": not understood: " + line);
            }
        }
        return new WireTranscript(file.getFileName().toString(), steps);
    }

    static byte[] unescaped(String text) {
        StringBuilder out = new StringBuilder();
        byte[] utf8 = text.getBytes(UTF_8);
        String bytes = new String(utf8, ISO_8859_1);
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = bytes.charAt(++i);
            switch (kind) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '\\' -> out.append('\\');
                case 'x' -> {
                    out.append((char) Integer.parseInt(bytes.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("escape \\" + kind);
            }
        }
        return out.toString().getBytes(ISO_8859_1);
    }
}
