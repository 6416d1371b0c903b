package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a persona file under the name by which people and agents speak of it: {@code
 * entry.5}, {@code quality.2}. {@code wharf lint} shows the same names.
 *
 * @param stated whether nothing but the agent's word tells that the line is kept
 */
public record NamedLine(String name, String text, boolean stated, Source source) {
    /** Every line of this persona that has a name, in the order of the file's parts. */
    public static List<NamedLine> of(Persona persona) {
        var lines = new ArrayList<NamedLine>();
        for (ChecklistItem item : persona.entry()) {
            lines.add(item("entry.", item));
        }
        int number = 0;
        for (Prerequisite line : persona.prerequisites()) {
            number++;
            lines.add(demand("prerequisite." + number, line.text(), line.gate(), line.source()));
        }
        number = 0;
        for (QualityCheck line : persona.qualityGate()) {
            number++;
            lines.add(demand("quality." + number, line.text(), line.gate(), line.source()));
        }
        for (ProtocolRule rule : persona.protocol()) {
            boolean stated = rule.kind() == ProtocolKind.STATED;
            lines.add(
                    new NamedLine("protocol." + rule.number(), rule.text(), stated, rule.source()));
        }
        for (ChecklistItem item : persona.exit()) {
            lines.add(item("exit.", item));
        }
        for (RollbackStep step : persona.rollback()) {
            boolean stated = step.horizon() == RollbackStep.Horizon.STATED;
            lines.add(
                    new NamedLine("rollback." + step.number(), step.text(), stated, step.source()));
        }
        return List.copyOf(lines);
    }

    private static NamedLine item(String part, ChecklistItem item) {
        boolean stated = item.kind() == ItemKind.STATED;
        return new NamedLine(part + item.number(), item.text(), stated, item.source());
    }

    private static NamedLine demand(
            String name, String text, Optional<String> gate, Source source) {
        return new NamedLine(name, text, gate.isEmpty(), source);
    }
}
