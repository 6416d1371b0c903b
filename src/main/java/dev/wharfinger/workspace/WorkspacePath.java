package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name for something inside the project: parts from the root downwards, none of which can step
 * out. It promises nothing about what stands in the file system under that name; links are refused
 * where the file is opened. The rules are in {@link NameRules}. Ordered by parts, so that a folder
 * comes right before what is below it.
 */
public record WorkspacePath(List<String> parts) implements Comparable<WorkspacePath> {
    /** The project's root, shown as {@code .}. */
    public static final WorkspacePath ROOT = new WorkspacePath(List.of());

    public WorkspacePath {
        parts = List.copyOf(parts);
        problem(parts).ifPresent(WorkspacePath::reject);
    }

    /**
     * The path that a caller means: {@code /}-separated, relative to the root; one leading {@code
     * /} is cut, and {@code .}, {@code /} and the empty text are the root. Anything else that the
     * rules refuse is {@code path.invalid}, naming the part and what to send instead.
     */
    public static Verdict<WorkspacePath> parse(String raw) {
        List<String> parts = split(raw);
        Optional<String> problem = problem(parts);
        return problem.isEmpty()
                ? Verdict.granted(new WorkspacePath(parts))
                : Verdict.refused(refusal(raw, problem.get()));
    }

    /**
     * The path of a text that the program itself wrote.
     *
     * @throws IllegalArgumentException where the text breaks a rule
     */
    public static WorkspacePath of(String trusted) {
        return new WorkspacePath(split(trusted));
    }

    /** Whether this stands somewhere inside the folder; a path is not below itself. */
    public boolean isBelow(WorkspacePath folder) {
        int depth = folder.parts.size();
        return parts.size() > depth && parts.subList(0, depth).equals(folder.parts);
    }

    /** Written out, since the JDK links the generated ones at their first use, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WorkspacePath that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** The last part, or {@code .} for the root. */
    public String name() {
        return parts.isEmpty() ? "." : parts.getLast();
    }

    /** The folder that holds this, or nothing for the root. */
    public Optional<WorkspacePath> parent() {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkspacePath(parts.subList(0, parts.size() - 1)));
    }

    /**
     * The entry of that name in this folder.
     *
     * @throws IllegalArgumentException where the name is no valid part
     */
    public WorkspacePath child(String name) {
        return tryChild(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no name: " + NameRules.shown(name)));
    }

    /** The entry of that name in this folder, or nothing where the name is no valid part. */
    Optional<WorkspacePath> tryChild(String name) {
        var longer = new ArrayList<>(parts);
        longer.add(name);
        return problem(longer).isEmpty()
                ? Optional.of(new WorkspacePath(longer))
                : Optional.empty();
    }

    /** The path that a machine wrote in full, or nothing where it breaks a rule. */
    static Optional<WorkspacePath> exactly(String text) {
        List<String> parts = List.of(text.split("/", -1));
        return problem(parts).isEmpty() ? Optional.of(new WorkspacePath(parts)) : Optional.empty();
    }

    @Override
    public int compareTo(WorkspacePath other) {
        int shared = Math.min(parts.size(), other.parts.size());
        for (int i = 0; i < shared; i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    private static List<String> split(String raw) {
        String relative = raw.startsWith("/") ? raw.substring(1) : raw;
        return relative.isEmpty() || relative.equals(".")
                ? List.of()
                : List.of(relative.split("/", -1));
    }

    private static Optional<String> problem(List<String> parts) {
        if (parts.size() > NameRules.PARTS) {
            return Optional.of("it has more than " + NameRules.PARTS + " parts");
        }
        int bytes = Math.max(0, parts.size() - 1);
        for (int i = 0; i < parts.size(); i++) {
            Optional<String> problem = NameRules.problem(parts.get(i));
            if (problem.isPresent()) {
                String part = NameRules.shown(parts.get(i));
                return Optional.of("part %d (`%s`) %s".formatted(i + 1, part, problem.get()));
            }
            bytes += parts.get(i).getBytes(UTF_8).length;
        }
        return bytes > NameRules.PATH_BYTES
                ? Optional.of("it is longer than " + NameRules.PATH_BYTES + " bytes")
                : Optional.empty();
    }

    private static void reject(String problem) {
        throw new IllegalArgumentException("no path: " + problem);
    }

    private static Refusal refusal(String raw, String problem) {
        String reason =
                "`%s` is not a path in this project: %s.".formatted(NameRules.shown(raw), problem);
        String remedy =
                cleaned(raw)
                        .map(path -> "Send `%s` if that is what you mean.".formatted(path))
                        .orElse(
                                "Send the path from the project's root, its parts separated by"
                                        + " single `/`, as `list_dir` shows it.");
        return Refusal.byYou(RuleId.PATH_INVALID, reason, remedy);
    }

    /** What a slip of the pen meant, or nothing where that would be guessing. */
    private static Optional<WorkspacePath> cleaned(String raw) {
        String tidy = Normalizer.normalize(raw.replace('\\', '/'), Normalizer.Form.NFC);
        var parts = new ArrayList<String>();
        for (String part : tidy.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part.strip());
            }
        }
        return !parts.isEmpty() && problem(parts).isEmpty()
                ? Optional.of(new WorkspacePath(parts))
                : Optional.empty();
    }
}
