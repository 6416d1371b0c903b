package dev.wharfinger.proof;

import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds what gives away more than a deployment needs: in GitHub workflows and actions a trigger or
 * permissions that hand secrets to strangers, actions that are not pinned to a commit, and foreign
 * text in scripts; in Kubernetes and Compose files privileged containers, the host's files and
 * namespaces, and rights on everything.
 *
 * <p>It reads text, not YAML's meaning, so that no notation hides a word: quotes, tags, anchors,
 * escapes and line breaks between a key and its value are seen through, and comments are read like
 * all else, since what looks like one may stand in a string. So it errs on the safe side; a human
 * can approve the content.
 */
public final class DangerousContent {
    /** More than anybody would read. */
    private static final int MOST = 100;

    private DangerousContent() {}

    /** One finding: what, and in which line, from 1. */
    public record Danger(WorkspacePath path, int line, String what) {
        /** As it is shown. */
        public String text() {
            return path + ":" + line + " " + what;
        }
    }

    private record Sign(String what, Pattern pattern) {
        static Sign of(String what, String regex) {
            return new Sign(what, Pattern.compile(regex));
        }
    }

    /** Between a key and its value: quote, colon, blanks and breaks, tags, anchors, block marks. */
    private static final String IS =
            "[\"']?\\s{0,50}:(?:\\s{1,200}|(?=[\"']))(?:[!&][^\\s]{0,60}\\s{1,100}){0,3}"
                    + "(?:[>|][-+0-9]{0,2}\\s{1,100})?[\"']?";

    private static final String TRUE = "(?:true|True|TRUE|yes|Yes|YES|on|On|ON)\\b";

    private static final Pattern USES =
            Pattern.compile("(?<![\\w-])uses" + IS + "([^\\s\"',}#]{1,300})");

    private static final List<Sign> WORKFLOW =
            List.of(
                    Sign.of(
                            "`pull_request_target` runs with secrets on a stranger's request",
                            "(?<![\\w-])pull_request_target(?![\\w-])"),
                    Sign.of(
                            "`permissions: write-all` gives the job every right",
                            "(?<![\\w-])permissions" + IS + "write-all"),
                    Sign.of(
                            "text that a stranger wrote goes into a script",
                            "\\$\\{\\{[^}]{0,200}github\\s{0,5}\\."
                                    + "\\s{0,5}(?:head_ref|event\\s{0,5}\\."
                                    + "[^}]{0,100}(?:title|body|message|ref|label|name|email))"
                                    + "[^}]{0,100}\\}\\}"));

    private static final List<Sign> CLUSTER =
            List.of(
                    Sign.of("a privileged container", "(?<![\\w-])privileged" + IS + TRUE),
                    Sign.of(
                            "privilege escalation is allowed",
                            "(?<![\\w-])allowPrivilegeEscalation" + IS + TRUE),
                    Sign.of(
                            "a folder of the host (`hostPath`)",
                            "(?<![\\w-])hostPath[\"']?\\s{0,50}:"),
                    Sign.of(
                            "a namespace of the host",
                            "(?<![\\w-])host(?:Network|PID|IPC)" + IS + TRUE),
                    Sign.of(
                            "the container runtime's socket",
                            "(?:docker|containerd|crio|podman)\\.sock(?![\\w])"),
                    Sign.of(
                            "a capability that is as good as root",
                            "(?<![\\w])(?:CAP_)?(?:SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN"
                                    + "|DAC_READ_SEARCH)(?![\\w])"),
                    Sign.of(
                            "all capabilities",
                            "(?<![\\w-])(?:add|cap_add)"
                                    + IS
                                    + "(?:\\[\\s{0,20}|-\\s{1,20})[\"']?ALL\\b"),
                    Sign.of(
                            "rights on everything (`*`)",
                            "(?<![\\w-])(?:verbs|resources|apiGroups"
                                    + "|nonResourceURLs)[\"']?\\s{0,50}:"
                                    + "\\s{0,200}(?:\\[[^\\]]{0,300}|"
                                    + "(?:-\\s{1,20}[^\\n]{0,100}\\n\\s{0,100}){0,20}-\\s{1,20})"
                                    + "[\"']?\\*[\"']?"),
                    Sign.of("the role `cluster-admin`", "(?<![\\w-])cluster-admin(?![\\w-])"));

    /**
     * What is dangerous in that file, in the order of its lines; nothing in files of other kinds.
     */
    public static List<Danger> in(WorkspacePath path, String text) {
        Lines plain = Lines.of(unescaped(text));
        Set<Danger> found = new LinkedHashSet<>();
        if (isWorkflow(path)) {
            find(path, plain, WORKFLOW, found);
            findUnpinned(path, plain, found);
        } else if (isYaml(path) || path.name().endsWith(".json")) {
            find(path, plain, CLUSTER, found);
        }
        List<Danger> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Danger::line));
        return sorted;
    }

    private static boolean isWorkflow(WorkspacePath path) {
        List<String> parts = path.parts().stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
        boolean inside =
                parts.size() > 2 && parts.subList(0, 2).equals(List.of(".github", "workflows"));
        return isYaml(path) && (inside || parts.getLast().matches("action\\.ya?ml"));
    }

    private static boolean isYaml(WorkspacePath path) {
        String name = path.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }

    private static void find(WorkspacePath path, Lines lines, List<Sign> signs, Set<Danger> found) {
        for (Sign sign : signs) {
            Matcher matcher = sign.pattern().matcher(lines.text());
            while (found.size() < MOST && matcher.find()) {
                found.add(new Danger(path, lines.at(matcher.start()), sign.what()));
            }
        }
    }

    /** Pinned is a commit's 40 digits, an image's digest, or a path in this repository. */
    private static void findUnpinned(WorkspacePath path, Lines lines, Set<Danger> found) {
        Matcher uses = USES.matcher(lines.text());
        while (found.size() < MOST && uses.find()) {
            String action = uses.group(1);
            boolean pinned =
                    action.startsWith("./")
                            || action.matches("[^@]+@[0-9a-f]{40}")
                            || action.matches("docker://[^@]+@sha256:[0-9a-f]{64}");
            if (!pinned) {
                found.add(
                        new Danger(
                                path,
                                lines.at(uses.start()),
                                "`" + Shown.text(action) + "` is not pinned to a commit"));
            }
        }
    }

    /** YAML's escapes in double quotes; each becomes its character, so lines stay. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|/)")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(escaped(match.group())));
    }

    private static String escaped(String escape) {
        if (escape.equals("\\/")) {
            return "/";
        }
        int point = Integer.parseUnsignedInt(escape.substring(2), 16);
        boolean printable = Character.isValidCodePoint(point) && !Character.isISOControl(point);
        return printable ? Character.toString(point) : " ";
    }

    /** Where each line begins, so that a place is found in few steps however long the text is. */
    private record Lines(String text, int[] starts) {
        static Lines of(String text) {
            IntStream breaks =
                    IntStream.range(0, text.length()).filter(at -> text.charAt(at) == '\n');
            return new Lines(text, IntStream.concat(IntStream.of(-1), breaks).toArray());
        }

        int at(int place) {
            int found = Arrays.binarySearch(starts, place);
            return found < 0 ? -found - 1 : found;
        }
    }
}
