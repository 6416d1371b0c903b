package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A gate that must be open to go on cannot ask for what only going on brings about. */
final class GateContradictions {
    private static final Pattern MOMENT =
            Pattern.compile("\\b(moment|before|when|for production|at the exit)\\b");

    private static final Pattern ALL_TO_PROCEED =
            Pattern.compile("to proceed|before (proceeding|deploying)", Pattern.CASE_INSENSITIVE);

    private final Persona persona;
    private final Parts parts;
    private final List<Contradiction> found = new ArrayList<>();

    GateContradictions(Persona persona, Parts parts) {
        this.persona = persona;
        this.parts = parts;
    }

    List<Contradiction> all() {
        gates();
        return List.copyOf(found);
    }

    private void add(String id, String text, List<Source> lines, String resolution) {
        found.add(new Contradiction(id, text, lines, resolution));
    }

    /** A gate that must be open to go on cannot ask for what only going on brings about. */
    private void gates() {
        Optional<Source> toProceed =
                Sentence.of(parts).stream()
                        .filter(one -> inQualityGate(one.line()))
                        .filter(one -> ALL_TO_PROCEED.matcher(one.text()).find())
                        .map(one -> parts.at(one.line()))
                        .findFirst();
        for (QualityCheck check : persona.qualityGate()) {
            if (MOMENT.matcher(check.text().toLowerCase(Locale.ROOT)).find()) {
                continue;
            }
            var lines = new ArrayList<Source>(toProceed.stream().toList());
            lines.add(check.source());
            switch (check.gate().orElse("")) {
                case "smoke" -> smoke(lines);
                case "monitoring" -> monitoring(lines);
                case "runbook" -> runbook(check);
                default -> {}
            }
        }
    }

    private boolean inQualityGate(int line) {
        return parts.section(Topic.QUALITY_GATE)
                .filter(section -> section.line() <= line && line <= section.endLine())
                .isPresent();
    }

    private void smoke(List<Source> lines) {
        Optional<Phase> phase = persona.phase(PhaseKind.SMOKE);
        Optional<Phase> staging = persona.phase(PhaseKind.STAGING);
        if (phase.isPresent() && staging.isPresent()) {
            lines.add(phase.get().source());
            lines.add(staging.get().source());
            add(
                    "gate-before-its-phase",
                    "the smoke test gates the deployment that it follows",
                    lines,
                    "gate `smoke` is asked for by production plans: the same bytes in staging");
        }
    }

    private void monitoring(List<Source> lines) {
        Optional<Phase> phase = persona.phase(PhaseKind.MONITORING);
        if (phase.isPresent()) {
            lines.add(phase.get().source());
            add(
                    "gate-before-its-phase",
                    "alerting is asked for before phase %d sets it up"
                            .formatted(phase.get().number()),
                    lines,
                    "gate `monitoring` is asked for at the exit when production shipped");
        }
    }

    private void runbook(QualityCheck check) {
        Optional<ChecklistItem> item = persona.exitItem(ItemKind.RUNBOOK);
        if (item.isPresent()) {
            var lines = new ArrayList<>(List.of(check.source(), item.get().source()));
            persona.phase(PhaseKind.DOCUMENTATION).map(Phase::source).ifPresent(lines::add);
            persona.exitItem(ItemKind.QUALITY_GATE)
                    .map(ChecklistItem::source)
                    .ifPresent(lines::add);
            add(
                    "gate-and-exit-item",
                    "the runbook is a gate, a later phase's output and an exit item",
                    lines,
                    "`deploy` writes the row once, at its end; nobody else has to");
        }
    }
}
