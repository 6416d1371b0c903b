package dev.wharfinger.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The frame of every page, and the only way by which words become HTML. */
final class Html {
    /** {@code name value} and {@code name: value}, as cards are written. */
    private static final Pattern PAIR =
            Pattern.compile("(\\w[\\w./@+-]*:(?= )|\\w[\\w./@+-]*(?=  )) +(\\S.*)");

    private Html() {}

    /** Words as HTML shows them; never markup. */
    static String text(String words) {
        var out = new StringBuilder(words.length() + 16);
        words.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '"' -> out.append("&quot;");
                        case '\'' -> out.append("&#39;");
                        default -> shown(out, c);
                    }
                });
        return out.toString();
    }

    /** What would turn text round, or cannot be seen, is shown as what it is. */
    private static void shown(StringBuilder out, int c) {
        boolean hidden =
                Character.getType(c) == Character.FORMAT
                        || (Character.isISOControl(c) && c != '\n' && c != '\t');
        if (hidden) {
            out.append(String.format("[U+%04X]", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    /** A whole page; scripts and styles come from this site alone. */
    static String page(String title, String project, Optional<Visitors.Visitor> who, String main) {
        String csrf =
                who.map(visitor -> "<meta name=\"csrf\" content=\"" + visitor.csrf() + "\">\n")
                        .orElse("");
        String person =
                who.map(visitor ->
                                """
                                <a href="/">Waiting</a>
                                <a href="/journal">Journal</a>
                                <button type="button" class="quiet"
                                data-act="logout">Leave, %s</button>
                                """
                                        .formatted(text(visitor.person().name().value())))
                        .orElse("<a href=\"/\">Sign in</a>\n<a href=\"/enroll\">Enrol</a>\n");
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        %s<title>%s · Wharfinger</title>
        <link rel="stylesheet" href="/assets/console.css">
        <script src="/assets/console.js" defer></script>
        </head>
        <body>
        <header>
        <p class="brand"><span aria-hidden="true">⚓</span> Wharfinger
        <span class="project">%s</span></p>
        <nav aria-label="Pages">
        %s</nav>
        </header>
        <main>
        %s
        </main>
        </body>
        </html>
        """
                .formatted(csrf, text(title), text(project), person, main);
    }

    /**
     * A list with a line each; names stand in a column of their own, changes in their colour. A
     * file's difference keeps its lines as they are.
     */
    static String list(List<String> lines) {
        var out = new StringBuilder("<ul>\n");
        boolean diff = lines.stream().anyMatch(line -> line.startsWith("@@"));
        lines.forEach(line -> out.append(item(line, diff)).append('\n'));
        return out.append("</ul>\n").toString();
    }

    private static String item(String line, boolean diff) {
        String change = line.startsWith("+") ? "added" : line.startsWith("-") ? "gone" : "";
        if (!change.isEmpty()) {
            return "<li class=\"" + change + "\">" + text(line) + "</li>";
        }
        var pair = PAIR.matcher(line);
        if (diff || !pair.matches()) {
            return "<li>" + text(line) + "</li>";
        }
        String unsure = pair.group(2).startsWith("not checked") ? " unsure" : "";
        return """
        <li class="pair%s"><span class="key">%s</span> <span class="value">%s</span></li>\
        """
                .formatted(unsure, text(pair.group(1)), text(pair.group(2)));
    }
}
