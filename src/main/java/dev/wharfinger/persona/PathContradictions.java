package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files that a persona file names by several paths, or has written where no lane reaches. */
final class PathContradictions {
    private static final Set<String> LEDGER =
            Set.of(
                    "PLAN.md",
                    "HANDOFF_NOTES.md",
                    "SESSION_LOG.md",
                    "RAID_LOG.md",
                    "CHARTER.md",
                    "MEMORY.md",
                    "DEPLOYMENT_RUNBOOK.md");

    private static final Pattern SKILL_FILE =
            Pattern.compile(
                    "\\]\\(([^)\\s#\\[]{0,300}?SKILL\\.md)"
                            + "|[`\"']([^`\"'\\s]{0,300}?SKILL\\.md)[`\"']");

    private static final Pattern SERVER_WRITES =
            Pattern.compile("`(record_note|write_handoff|begin_shift|deploy|rollback)`|the server");

    private final Persona persona;
    private final Parts parts;
    private final List<Contradiction> found = new ArrayList<>();

    PathContradictions(Persona persona, Parts parts) {
        this.persona = persona;
        this.parts = parts;
    }

    List<Contradiction> all() {
        twoPaths();
        writtenInNoLane();
        skillLink();
        return List.copyOf(found);
    }

    private void add(String id, String text, List<Source> lines, String resolution) {
        found.add(new Contradiction(id, text, lines, resolution));
    }

    private void twoPaths() {
        var byName = new LinkedHashMap<String, SequencedMap<WorkspacePath, List<Source>>>();
        List<String> lines = parts.outline().lines();
        for (int i = 0; i < lines.size(); i++) {
            for (WorkspacePath file : Mentions.of(lines.get(i)).files()) {
                if (LEDGER.contains(file.name())) {
                    byName.computeIfAbsent(file.name(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(file, _ -> new ArrayList<>())
                            .add(parts.at(i + 1));
                }
            }
        }
        byName.forEach((name, paths) -> {
            if (paths.size() > 1) {
                var all = paths.values().stream().flatMap(List::stream).toList();
                add(
                        "two-paths",
                        "one file by several paths: " + paths.keySet(),
                        all,
                        "`ledger` in wharf.yaml names the one that is written; by default"
                                + " it stands in the project's root");
            }
        });
    }

    private void writtenInNoLane() {
        List<Source> lanes = persona.writeLanes().stream().map(Lane::source).toList();
        for (ChecklistItem item : persona.exit()) {
            if (item.kind() == ItemKind.INTEGRITY
                    || SERVER_WRITES.matcher(item.text()).find()
                    || lanes.isEmpty()) {
                continue;
            }
            for (WorkspacePath file : item.files()) {
                if (LEDGER.contains(file.name()) && !persona.mayWrite(file)) {
                    add(
                            "written-in-no-lane",
                            "exit item %d has `%s` written, which no lane holds"
                                    .formatted(item.number(), file),
                            Stream.concat(lanes.stream(), Stream.of(item.source())).toList(),
                            "written by the server's own tools, never by write_file");
                }
            }
        }
    }

    private void skillLink() {
        var paths = new LinkedHashMap<String, List<Source>>();
        List<String> lines = parts.outline().lines();
        for (int i = 0; i < lines.size(); i++) {
            var matcher = SKILL_FILE.matcher(lines.get(i));
            while (matcher.find()) {
                String path = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                paths.computeIfAbsent(path, _ -> new ArrayList<>()).add(parts.at(i + 1));
            }
        }
        if (paths.size() > 1) {
            add(
                    "skill-path",
                    "the skill is named by several paths: " + paths.keySet(),
                    paths.values().stream().flatMap(List::stream).toList(),
                    "read from "
                            + persona.skill()
                                    .map(skill -> "`" + skill.path() + "`")
                                    .orElse("none of them")
                            + ", else the built-in skill");
        }
    }
}
