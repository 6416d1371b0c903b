package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the lines of a persona file that cannot all hold. Each finding names every line that takes
 * part, and what the server does about it; a file that says itself how it is meant has none.
 */
final class Contradictions {
    private static final Pattern SHIPPED_ONLY =
            Pattern.compile("when|otherwise|not applicable|if ", Pattern.CASE_INSENSITIVE);

    private final Persona persona;
    private final Parts parts;
    private final List<Contradiction> found = new ArrayList<>();

    Contradictions(Persona persona, Parts parts) {
        this.persona = persona;
        this.parts = parts;
    }

    List<Contradiction> all() {
        found.addAll(new PathContradictions(persona, parts).all());
        uxBothWays();
        entryOmits();
        found.addAll(new GateContradictions(persona, parts).all());
        exitAlwaysDone();
        statuses();
        integrityScript();
        return List.copyOf(found);
    }

    private void add(String id, String text, List<Source> lines, String resolution) {
        found.add(new Contradiction(id, text, lines, resolution));
    }

    /** After staging the matrix sends to a persona that should already have been there. */
    private void uxBothWays() {
        Optional<HandoffRow> shipped = persona.handoff("shipped-staging");
        if (shipped.isEmpty()) {
            return;
        }
        String next = shipped.get().nextCommand();
        var lines = new ArrayList<Source>();
        if (persona.runsAfter().contains(next)) {
            persona.timing().ifPresent(lines::add);
        }
        persona.prerequisites().stream()
                .filter(line -> Mentions.of(line.text()).commands().contains(next))
                .filter(line -> !line.text().contains("production"))
                .map(Prerequisite::source)
                .forEach(lines::add);
        if (!lines.isEmpty()) {
            add(
                    "timing-against-matrix",
                    next + " must be done before deploying, yet comes after staging",
                    with(lines, shipped.get().source()),
                    "gate `" + next.substring(1) + "` is asked for by production plans only");
        }
    }

    /** The entry checklist confirms some of the personas that must be done, and leaves one out. */
    private void entryOmits() {
        Optional<ChecklistItem> plan = persona.entryItem(ItemKind.READ_PLAN);
        if (plan.isEmpty() || plan.get().commands().isEmpty()) {
            return;
        }
        var demanded = new LinkedHashMap<String, List<Source>>();
        for (Prerequisite line : persona.prerequisites()) {
            for (String command : Mentions.of(line.text()).commands()) {
                demanded.computeIfAbsent(command, _ -> new ArrayList<>()).add(line.source());
            }
        }
        for (String command : persona.runsAfter()) {
            persona.timing()
                    .ifPresent(source ->
                            demanded.computeIfAbsent(command, _ -> new ArrayList<>()).add(source));
        }
        demanded.forEach((command, lines) -> {
            if (!plan.get().commands().contains(command)) {
                add(
                        "entry-omits",
                        "entry item %d leaves out %s, which other lines demand"
                                .formatted(plan.get().number(), command),
                        with(lines, plan.get().source()),
                        "read_plan shows every row; the gate decides, not the item");
            }
        });
    }

    /** Failures leave by the same exit, which asks for what only a success can show. */
    private void exitAlwaysDone() {
        List<Source> demands =
                persona.exit().stream()
                        .filter(item ->
                                item.kind() == ItemKind.QUALITY_GATE
                                        || item.kind() == ItemKind.PLAN_DONE)
                        .filter(item -> !SHIPPED_ONLY.matcher(item.text()).find())
                        .map(ChecklistItem::source)
                        .toList();
        List<Source> failures =
                persona.handoffs().stream()
                        .filter(row -> !row.slug().startsWith("shipped"))
                        .map(HandoffRow::source)
                        .toList();
        if (!demands.isEmpty() && !failures.isEmpty()) {
            add(
                    "exit-only-for-success",
                    "the exit asks for success, yet the matrix has outcomes that are none",
                    Stream.concat(demands.stream(), failures.stream()).toList(),
                    "owed for shipped outcomes only; else the row becomes FAILED, ROLLBACK or"
                            + " IDLE and the items read *not applicable*");
        }
    }

    private void statuses() {
        if (persona.statuses().isEmpty() || persona.handoffs().isEmpty()) {
            return;
        }
        for (HandoffRow row : persona.handoffs()) {
            Optional<String> emoji = emoji(row.label());
            if (emoji.isPresent()
                    && persona.statuses().stream()
                            .noneMatch(status -> same(status.emoji(), emoji.get()))) {
                add(
                        "status-unknown",
                        "the outcome `%s` has the emoji of no status".formatted(row.label()),
                        with(statusLines(), row.source()),
                        "PLAN.md's row gets ❌ FAILED, 🚨 ROLLBACK or 💤 IDLE, as observed");
            }
        }
        Optional<Status> waiting =
                persona.statuses().stream()
                        .filter(status -> status.word() == StatusWord.WAITING)
                        .findFirst();
        boolean ends = persona.handoffs().stream().anyMatch(row -> row.slug().equals("blocked"));
        if (waiting.isPresent() && !ends) {
            add(
                    "status-without-outcome",
                    "`WAITING` leads nowhere: no outcome says what happens if the answer is no",
                    with(
                            persona.handoffs().stream().map(HandoffRow::source).toList(),
                            waiting.get().source()),
                    "outcome `blocked`: next is the owner of the first closed gate, else a human");
        }
    }

    private List<Source> statusLines() {
        return persona.statuses().stream().map(Status::source).toList();
    }

    private static Optional<String> emoji(String label) {
        return label.codePoints()
                .filter(c -> c > 0x7F && Character.isEmoji(c))
                .mapToObj(Character::toString)
                .findFirst();
    }

    private static boolean same(String status, String emoji) {
        return status.replace("\uFE0F", "").equals(emoji);
    }

    private void integrityScript() {
        for (ChecklistItem item : persona.exit()) {
            Optional<WorkspacePath> script =
                    item.files().stream().filter(file -> file.name().endsWith(".ps1")).findFirst();
            if (item.kind() == ItemKind.INTEGRITY && script.isPresent()) {
                add(
                        "script-of-one-system",
                        "`%s` needs PowerShell, which CI and servers often lack"
                                .formatted(script.get()),
                        List.of(item.source()),
                        "gate `integrity` of wharf.yaml runs it where declared, else the built-in"
                                + " check");
            }
        }
    }

    private static List<Source> with(List<Source> lines, Source more) {
        return Stream.concat(lines.stream(), Stream.of(more)).toList();
    }
}
