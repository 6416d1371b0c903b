package dev.wharfinger.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration shows: headings, calls, answers; in colours where people look. */
final class DemoStage {
    private static final int WIDTH = 96;
    private final PrintStream out;
    private final boolean colours;
    private final List<String> refused = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    DemoStage(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void heading(String text) {
        out.println();
        out.println(
                paint(
                        "1",
                        "━━ " + text + " " + "━".repeat(Math.max(2, WIDTH - text.length() - 4))));
    }

    void said(String who, String text) {
        out.println(paint("2", "   " + who + ": ") + text);
    }

    void call(String persona, String call) {
        out.println(paint("36", " → /" + persona + " ") + cut(call, WIDTH - persona.length() - 5));
    }

    void granted(String line) {
        out.println(paint("32", "   ✔ ") + cut(line, WIDTH - 5));
    }

    void refusal(String rule, String line) {
        refused.add(rule);
        out.println(paint("31", "   ✘ " + rule));
        for (String part : wrap(line, WIDTH - 6)) {
            out.println(paint("2", "     " + part));
        }
    }

    void failure(String line) {
        out.println(paint("33", "   ! ") + cut(line, WIDTH - 5));
    }

    /** Something was not as it must be. */
    void wrong(String what) {
        wrong.add(what);
        out.println(paint("1;31", "   NOT AS EXPECTED: ") + what);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    void line(String text) {
        out.println(text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + word.length() + 1 > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines.subList(0, Math.min(3, lines.size()));
    }
}
