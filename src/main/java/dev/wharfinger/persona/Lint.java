package dev.wharfinger.persona;

import java.util.List;

/**
 * What {@code wharf lint} says about a persona file: how each sentence of it holds, and which lines
 * contradict each other.
 */
public record Lint(Persona persona, List<Covered> coverage, List<Contradiction> contradictions) {
    public Lint {
        coverage = List.copyOf(coverage);
        contradictions = List.copyOf(contradictions);
    }

    /**
     * Lints a file.
     *
     * @throws PersonaUnreadable where it is no persona file at all
     */
    public static Lint of(String file, byte[] bytes) throws PersonaUnreadable {
        PersonaReader.Reading reading = PersonaReader.read(file, bytes);
        return new Lint(
                reading.persona(),
                new Coverage(reading.persona(), reading.parts()).all(),
                new Contradictions(reading.persona(), reading.parts()).all());
    }

    /** How many sentences hold in that way. */
    public long count(Hold hold) {
        return coverage.stream().filter(covered -> covered.hold() == hold).count();
    }

    /** The sentences whose words no rule knows. */
    public List<Covered> unrecognised() {
        return coverage.stream().filter(covered -> !covered.recognised()).toList();
    }
}
