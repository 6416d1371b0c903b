package dev.wharfinger.shift;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;

import java.time.Instant;
import java.util.Optional;

/**
 * An event with who, when and where: one entry of the journal. Order is the index; the time is a
 * claim of the machine that wrote it.
 */
public record Stamped(
        long index,
        Instant at,
        Principal principal,
        Optional<PersonaName> persona,
        Optional<ShiftId> shift,
        Event event) {}
