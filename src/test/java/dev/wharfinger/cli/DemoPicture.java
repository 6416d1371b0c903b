package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code wharf bench picture}: plays the demonstration and draws what it printed, the refused and
 * the allowed part, as the picture of the README. Nothing in it is written by hand.
 */
public final class DemoPicture {
    private static final Path FILE = Path.of("docs/images/demo.svg");
    private static final int COLUMNS = 96;
    private static final double COLUMN = 8.43;
    private static final int LINE = 20;
    private static final int TOP = 62;
    private static final int LEFT = 20;
    private static final Pattern PAINT = Pattern.compile("\u001b\\[([0-9;]+)m(.*?)\u001b\\[0m");
    private static final Map<String, String> CLASSES =
            Map.of("1", "h", "2", "d", "31", "x", "32", "g", "33", "w", "36", "c");

    private final List<String> lines;
    private final List<String> shown = new ArrayList<>();

    private DemoPicture(List<String> lines) {
        this.lines = lines;
    }

    /** Draws into the file named, else into the one that the README shows. */
    public static void main(String[] arguments) throws Exception {
        Path file = arguments.length == 0 ? FILE : Path.of(arguments[0]);
        var out = new ByteArrayOutputStream();
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, UTF_8),
                        System.err,
                        Path.of("").toAbsolutePath(),
                        new TreeMap<>(System.getenv()),
                        Clock.systemUTC(),
                        true);
        ExitCode end = Wharf.run(terminal, "demo");
        if (end != ExitCode.DONE) {
            throw new IllegalStateException(
                    "the demonstration ended with " + end + "\n" + out.toString(UTF_8));
        }
        Files.writeString(file, new DemoPicture(out.toString(UTF_8).lines().toList()).svg());
        System.out.println("drawn: " + file);
        System.exit(0); // the demonstration's clients leave threads behind
    }

    /** The parts that the picture shows, line by line as they were printed. */
    private void choose() {
        section("too early and too boldly", "prohibition.untested-code", "hallucination.unproved");
        section("/test proves 1.0.0", "PROVED test");
        section("/security proves 1.0.0", "PROVED security");
        section("/deploy ships 1.0.0", "PLAN p_", "LIVE: 1.0.0");
        section("An auditor verifies", "verified:");
    }

    /** A section's heading, what people did in it, and the calls whose answers say these words. */
    private void section(String heading, String... answers) {
        int at = find(0, heading);
        if (!shown.isEmpty()) {
            shown.add("");
        }
        shown.add(lines.get(at));
        for (String answer : answers) {
            int found = find(at + 1, answer);
            int call = found;
            while (call > at + 1 && !lines.get(call).contains(" → /")) {
                call--;
            }
            for (int i = at + 1; i < call; i++) {
                if (lines.get(i).contains("   user: ") || lines.get(i).contains("   somebody: ")) {
                    shown.add(lines.get(i));
                }
            }
            int end = found + 1;
            while (end < lines.size() && lines.get(end).startsWith("\u001b[2m     ")) {
                end++;
            }
            shown.addAll(lines.subList(call, end));
            at = end - 1;
        }
    }

    private int find(int from, String words) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).contains(words)) {
                return i;
            }
        }
        throw new IllegalStateException("the demonstration no longer says: " + words);
    }

    private String svg() {
        choose();
        int width = (int) (2 * LEFT + COLUMNS * COLUMN);
        int height = TOP + LINE * shown.size() + 6;
        var svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" \
                height="%2$d" role="img" aria-label="A refused and an allowed deployment, as ./wharf \
                demo prints them">
                <!-- drawn by `./wharf bench picture`; do not edit -->
                %3$s
                <rect x=".5" y=".5" width="%4$d" height="%5$d" rx="10" class="b"/>
                <circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" \
                fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
                <text x="%6$d" y="25" text-anchor="middle"><tspan class="d">./wharf demo</tspan></text>
                """
                        .formatted(width, height, STYLE.strip(), width - 1, height - 1, width / 2));
        for (int i = 0; i < shown.size(); i++) {
            if (!shown.get(i).isEmpty()) {
                svg.append("<text x=\"%d\" y=\"%d\">".formatted(LEFT, TOP + i * LINE))
                        .append(spans(shown.get(i)))
                        .append("</text>\n");
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String spans(String line) {
        var spans = new StringBuilder();
        var paint = PAINT.matcher(line);
        int at = 0;
        while (paint.find()) {
            spans.append(xml(line.substring(at, paint.start())))
                    .append("<tspan class=\"")
                    .append(CLASSES.get(paint.group(1)))
                    .append("\">")
                    .append(xml(paint.group(2)))
                    .append("</tspan>");
            at = paint.end();
        }
        return spans.append(xml(line.substring(at))).toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Both of GitHub's themes: the picture follows the reader's. */
    private static final String STYLE =
            """
            <style>
            text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;\
            white-space:pre;fill:#1f2328}
            .b{fill:#f6f8fa;stroke:#d1d9e0}.h{font-weight:bold}.c{fill:#0b6e84}\
            .x{fill:#c4161c;font-weight:bold}.g{fill:#17752f}.w{fill:#8a5a00}.d{fill:#59636e}
            @media (prefers-color-scheme:dark){
            text{fill:#d5dbe3}.b{fill:#12171e;stroke:#3d444d}.h{fill:#fff}.c{fill:#6cc7d9}\
            .x{fill:#ff7b72}.g{fill:#7ee787}.w{fill:#e3b341}.d{fill:#98a2ae}}
            </style>
            """;
}
