package dev.wharfinger.cli;

import dev.wharfinger.persona.ChecklistItem;
import dev.wharfinger.persona.Contradiction;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.HandoffRow;
import dev.wharfinger.persona.Hold;
import dev.wharfinger.persona.Lane;
import dev.wharfinger.persona.Lint;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.Phase;
import dev.wharfinger.rule.Source;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/** What {@code wharf lint --output json} prints: one object, an entry for each file. */
final class LintAnswer {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode answer = JSON.createObjectNode();
    private final ArrayNode files = answer.putArray("files");

    String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    }

    void add(PersonaUnreadable unreadable) {
        ObjectNode file = files.addObject();
        file.put("file", unreadable.source().file());
        file.putObject("unreadable")
                .put("line", unreadable.source().line())
                .put("found", unreadable.found())
                .put("remedy", unreadable.remedy());
    }

    void add(Lint lint) {
        Persona persona = lint.persona();
        ObjectNode file = files.addObject();
        file.put("file", persona.file());
        file.put("persona", persona.name().value());
        file.put("sha256", persona.hash().hex());
        ObjectNode counts = file.putObject("counts");
        for (Hold hold : Hold.values()) {
            counts.put(hold.text(), lint.count(hold));
        }
        counts.put("unrecognised", lint.unrecognised().size());
        rules(persona, file.putObject("rules"));
        ArrayNode sentences = file.putArray("sentences");
        lint.coverage().forEach(covered -> sentence(covered, sentences.addObject()));
        ArrayNode contradictions = file.putArray("contradictions");
        lint.contradictions().forEach(each -> contradiction(each, contradictions.addObject()));
        ArrayNode warnings = file.putArray("warnings");
        persona.warnings()
                .forEach(warning ->
                        warnings.addObject()
                                .put("line", warning.source().line())
                                .put("text", warning.text()));
    }

    /** What the file became; two files with the same rules print the same here. */
    private static void rules(Persona persona, ObjectNode rules) {
        ArrayNode lanes = rules.putArray("lanes");
        for (Lane lane : persona.lanes()) {
            ObjectNode each = lanes.addObject();
            each.put("mode", lane.mode().name().toLowerCase(Locale.ROOT));
            ArrayNode paths = each.putArray("paths");
            lane.reaches().forEach(reach -> paths.add(reach.toString()));
        }
        ArrayNode prerequisites = rules.putArray("prerequisites");
        persona.prerequisites().stream()
                .flatMap(each -> each.gate().stream())
                .forEach(prerequisites::add);
        ArrayNode quality = rules.putArray("quality_gate");
        persona.qualityGate().stream().flatMap(each -> each.gate().stream()).forEach(quality::add);
        ArrayNode prohibitions = rules.putArray("prohibitions");
        persona.prohibitions()
                .forEach(each -> each.rule().ifPresent(rule -> prohibitions.add(rule.id())));
        items(persona.entry(), rules.putArray("entry"));
        items(persona.exit(), rules.putArray("exit"));
        ArrayNode phases = rules.putArray("phases");
        for (Phase phase : persona.phases()) {
            phases.add(phase.kind().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode matrix = rules.putArray("handoffs");
        for (HandoffRow row : persona.handoffs()) {
            matrix.addObject().put("outcome", row.slug()).put("next", row.nextCommand());
        }
    }

    private static void items(List<ChecklistItem> items, ArrayNode array) {
        for (ChecklistItem item : items) {
            array.add(item.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    private static void sentence(Covered covered, ObjectNode sentence) {
        sentence.put("line", covered.source().line());
        sentence.put("section", covered.section());
        sentence.put("text", covered.text());
        sentence.put("hold", covered.hold().text());
        sentence.put("by", covered.by());
        sentence.put("how", covered.how());
        sentence.put("recognised", covered.recognised());
    }

    private static void contradiction(Contradiction found, ObjectNode each) {
        each.put("id", found.id());
        each.put("text", found.text());
        ArrayNode lines = each.putArray("lines");
        found.lines().stream().map(Source::line).forEach(lines::add);
        each.put("resolution", found.resolution());
    }
}
