package dev.wharfinger.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code .raps/MEMORY.md}: what the team has learned, a line each, in the list of the section that
 * fits. A missing file is made from its template.
 */
public final class Memory {
    private static final List<String> TITLES =
            List.of(
                    "deployment patterns",
                    "deployment",
                    "patterns",
                    "learned patterns",
                    "lessons",
                    "lessons learned",
                    "learnings",
                    "memory",
                    "notes");

    private Memory() {}

    /** The file with one more line; nothing for {@code now} where the file is missing. */
    public static Written add(
            String file, Optional<byte[]> now, String command, String memory, Instant at)
            throws LedgerUnwritable {
        var text = LedgerText.of(file, now.orElseGet(LedgerFile.MEMORY::template));
        text.requireWritable();
        var places = new Places(text);
        var line = Stamp.date(at) + " " + SafeText.inner(command + ": " + memory);
        var dated = places.datedList();
        var section = places.section(TITLES);
        var list = section.flatMap(places::lastList).or(() -> dated);
        if (list.isPresent()) {
            var order = Order.of(list.get().items(), text.outline(), Order.NEWEST_LAST);
            return list.get().add(line, order, Optional.empty());
        }
        return section.isPresent()
                ? places.atEnd(section.get(), List.of("- " + line), Optional.empty())
                : places.atEnd(List.of("- " + line), Optional.empty(), List.of());
    }
}
