package dev.wharfinger.persona;

import dev.wharfinger.markdown.FrontMatter;
import dev.wharfinger.rule.RuleId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How each sentence of one persona file holds: by the rule it became, else by what it says. */
final class Coverage {
    private final Persona persona;
    private final Parts parts;
    private final Guidance guidance;
    private final Map<Integer, Holding> byLine = new HashMap<>();

    Coverage(Persona persona, Parts parts) {
        this.persona = persona;
        this.parts = parts;
        this.guidance = new Guidance(persona);
        readRules();
        readLists();
    }

    private void readRules() {
        persona.lanes().forEach(lane -> put(lane.source().line(), lane(lane)));
        persona.timing().ifPresent(source -> put(source.line(), Holdings.timing(persona)));
        persona.protocol()
                .forEach(rule ->
                        put(
                                rule.source().line(),
                                Holdings.of(rule.kind(), "protocol." + rule.number())));
        persona.statuses().forEach(status -> put(status.source().line(), Holdings.status()));
        persona.handoffs().forEach(row -> put(row.source().line(), Holdings.handoff()));
        persona.phases()
                .forEach(phase ->
                        put(phase.source().line(), Holdings.of(phase.kind(), phase.name())));
        persona.prohibitions()
                .forEach(line ->
                        Holdings.ofProhibition(line, persona)
                                .ifPresent(holding -> put(line.source().line(), holding)));
        persona.rollback()
                .forEach(step ->
                        put(
                                step.source().line(),
                                Holdings.of(step.horizon(), "rollback." + step.number())));
    }

    private void readLists() {
        for (ChecklistItem item : persona.entry()) {
            put(item.source().line(), Holdings.of(item.kind(), "entry." + item.number()));
        }
        for (ChecklistItem item : persona.exit()) {
            put(item.source().line(), Holdings.of(item.kind(), "exit." + item.number()));
        }
        int number = 0;
        for (Prerequisite line : persona.prerequisites()) {
            number++;
            put(line.source().line(), Holdings.ofGate(line.gate(), "prerequisite." + number));
        }
        number = 0;
        for (QualityCheck line : persona.qualityGate()) {
            number++;
            put(line.source().line(), Holdings.ofGate(line.gate(), "quality." + number));
        }
    }

    /** What grants nothing, or everything, is said where it stands. */
    private Holding lane(Lane lane) {
        Holding holding = Holdings.of(lane.mode(), persona);
        String how =
                persona.warnings().stream()
                        .filter(warning -> warning.source().equals(lane.source()))
                        .map(warning -> "; " + warning.text())
                        .collect(Collectors.joining("", holding.how(), ""));
        return new Holding(holding.hold(), holding.by(), how);
    }

    /** Without a shift there is nobody to confirm anything. */
    private void put(int line, Holding holding) {
        boolean nobody = holding.hold() == Hold.STATED && !persona.hasShifts();
        byLine.put(line, nobody ? Holding.not("what it tells people is not seen") : holding);
    }

    /** Front matter, then every sentence in the order of the file. */
    List<Covered> all() {
        var all = new ArrayList<Covered>();
        parts.outline().frontMatter().ifPresent(front -> frontMatter(front, all));
        for (Sentence sentence : Sentence.of(parts)) {
            all.add(covered(sentence));
        }
        return all;
    }

    private void frontMatter(FrontMatter front, List<Covered> to) {
        for (var entry : front.values().entrySet()) {
            String key = entry.getKey();
            Optional<Holding> known =
                    switch (key) {
                        case "name" ->
                                Optional.of(
                                        Holding.enforced(
                                                RuleId.TOOL_NOT_YOURS,
                                                "the credential decides the persona"));
                        case "description" ->
                                Optional.of(Holding.not("says what it is for; clients show it"));
                        default -> Optional.empty();
                    };
            int line = front.lines().getOrDefault(key, front.line());
            String text = key + ": " + entry.getValue();
            to.add(covered(line, "front matter", text, known));
        }
    }

    private Covered covered(Sentence sentence) {
        Optional<Holding> rule =
                sentence.first()
                        ? Optional.ofNullable(byLine.get(sentence.owner()))
                        : Optional.empty();
        return covered(
                sentence.line(),
                sentence.section(),
                sentence.text(),
                rule.or(() -> guidance.of(sentence.text())));
    }

    private Covered covered(int line, String section, String text, Optional<Holding> known) {
        Holding holding = known.orElse(Holding.not("no rule knows these words: advice only"));
        return new Covered(
                parts.at(line),
                section,
                text,
                holding.hold(),
                holding.by(),
                holding.how(),
                known.isPresent());
    }
}
