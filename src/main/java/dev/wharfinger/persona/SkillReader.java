package dev.wharfinger.persona;

import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the skill that a persona loads: named in the entry checklist, else linked anywhere. */
final class SkillReader {
    private static final String FILE = "SKILL.md";
    private static final Pattern LINK =
            Pattern.compile("\\]\\(([^)\\s#\\[]{0,300}?SKILL\\.md)|`([^`\\s]{0,300}?SKILL\\.md)`");

    private final Parts parts;
    private final List<Warning> warnings;

    SkillReader(Parts parts, List<Warning> warnings) {
        this.parts = parts;
        this.warnings = warnings;
    }

    Optional<SkillLink> read(List<ChecklistItem> entry) {
        for (ChecklistItem item : entry) {
            if (item.kind() == ItemKind.LOAD_SKILL) {
                for (WorkspacePath file : item.files()) {
                    if (file.name().equals(FILE) && file.parent().isPresent()) {
                        return Optional.of(
                                new SkillLink(file.parent().get().name(), file, item.source()));
                    }
                }
            }
        }
        return linked();
    }

    private Optional<SkillLink> linked() {
        List<String> lines = parts.outline().lines();
        for (int i = 0; i < lines.size(); i++) {
            var matcher = LINK.matcher(lines.get(i));
            if (!matcher.find()) {
                continue;
            }
            String target = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            Optional<WorkspacePath> path = resolve(parts.outline().file(), target);
            if (path.isPresent() && path.get().parts().size() > 1) {
                String name = path.get().parent().orElseThrow().name();
                return Optional.of(new SkillLink(name, path.get(), parts.at(i + 1)));
            }
            warnings.add(
                    new Warning(
                            parts.at(i + 1),
                            "`" + target + "` is no skill inside the project; none is loaded"));
        }
        return Optional.empty();
    }

    /** A link's target from the project's root: links are relative to the file that has them. */
    static Optional<WorkspacePath> resolve(String file, String target) {
        var names = new ArrayDeque<String>();
        if (target.startsWith(".")) {
            names.addAll(List.of(file.split("/")));
            names.removeLast();
        }
        for (String name : target.split("/")) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                names.removeLast();
            } else if (!name.equals(".") && !name.isEmpty()) {
                names.addLast(name);
            }
        }
        return WorkspacePath.parse(String.join("/", names))
                        instanceof Verdict.Granted<WorkspacePath>(var path)
                ? Optional.of(path)
                : Optional.empty();
    }
}
