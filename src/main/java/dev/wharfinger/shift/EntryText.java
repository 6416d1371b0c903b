package dev.wharfinger.shift;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;

/**
 * Events as the lines that the journal keeps, and back. A line is one JSON object: {@code at},
 * {@code type}, {@code principal}, {@code persona}, {@code shift}, then the event's own members. A
 * type or a member that cannot be read is an error, never skipped: state that was folded past a gap
 * would be a guess.
 */
public final class EntryText {
    /** The line to append. */
    public String write(
            Instant at,
            Principal principal,
            Optional<PersonaName> persona,
            Optional<ShiftId> shift,
            Event event) {
        ObjectNode line = JsonTree.object();
        line.put("at", at.toString());
        line.put("type", EventFields.type(event));
        line.put("principal", principal.value());
        persona.ifPresent(name -> line.put("persona", name.value()));
        shift.ifPresent(id -> line.put("shift", id.value()));
        new EventWriter(line).write(event);
        return JsonTree.write(line);
    }

    /**
     * The event of a line.
     *
     * @throws UnreadableEntry where the line is no entry of ours
     */
    public Stamped read(long index, String line) {
        try {
            JsonNode node = JsonTree.read(line);
            var fields = new EventFields(node);
            return new Stamped(
                    index,
                    Instant.parse(fields.text("at")),
                    new Principal(fields.text("principal")),
                    fields.maybe("persona").map(PersonaName::new),
                    fields.maybe("shift").map(ShiftId::new),
                    new EventReader(fields).read(fields.text("type")));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new UnreadableEntry(index, e);
        }
    }

    /** An entry of the journal that this version cannot read. State cannot be folded past it. */
    public static final class UnreadableEntry extends RuntimeException {
        UnreadableEntry(long index, Exception cause) {
            super("journal entry " + index + " cannot be read: " + cause.getMessage(), cause);
        }
    }
}
