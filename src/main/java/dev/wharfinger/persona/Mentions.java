package dev.wharfinger.persona;

import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a line of a persona file names between code marks: files and folders, and personas. */
record Mentions(List<String> codes) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile("/[a-z][a-z0-9-]*");
    private static final Pattern NAME_WITH_ENDING = Pattern.compile("[^\\s/]*\\.[A-Za-z0-9]{1,10}");
    private static final Pattern CALL = Pattern.compile("\\w+\\([\"']?([^\"')]*)[\"']?\\)");

    Mentions {
        codes = List.copyOf(codes);
    }

    static Mentions of(String text) {
        return new Mentions(CODE.matcher(text).results().map(found -> found.group(1)).toList());
    }

    /** Personas: {@code /test}. */
    List<String> commands() {
        return codes.stream().flatMap(code -> commandsIn(code).stream()).distinct().toList();
    }

    /** Files, by their ending; {@code view_file("a/b.md")} names {@code a/b.md}. */
    List<WorkspacePath> files() {
        var files = new ArrayList<WorkspacePath>();
        for (String code : codes) {
            String name = inner(code);
            if (NAME_WITH_ENDING.matcher(lastPart(name)).matches()
                    && WorkspacePath.parse(name) instanceof Verdict.Granted<WorkspacePath> yes
                    && !files.contains(yes.grant())) {
                files.add(yes.grant());
            }
        }
        return List.copyOf(files);
    }

    /** The commands of a text that may hold more than code: {@code Run /ux}. */
    static List<String> commandsIn(String text) {
        return COMMAND.matcher(text)
                .results()
                .filter(found -> standsAlone(text, found))
                .map(MatchResult::group)
                .toList();
    }

    private static boolean standsAlone(String text, MatchResult found) {
        boolean before = found.start() == 0 || !isPathPart(text.charAt(found.start() - 1));
        boolean after = found.end() == text.length() || !isPathPart(text.charAt(found.end()));
        return before && after;
    }

    private static boolean isPathPart(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '_' || c == '*';
    }

    private static String inner(String code) {
        var call = CALL.matcher(code.strip());
        return call.matches() ? call.group(1) : code.strip();
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
