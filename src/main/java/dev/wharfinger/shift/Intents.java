package dev.wharfinger.shift;

import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Writes and commits that were intended and of which nobody has said yet what came of them, and the
 * rows that each open shift has written into the ledger. A crash leaves intents open; the next
 * keeper looks, and closes them.
 */
final class Intents {
    private final Map<Long, Stamped> open = new ConcurrentSkipListMap<>();
    private final Map<ShiftId, Map<String, Event.Row>> rows = new ConcurrentHashMap<>();

    /**
     * Takes in the next event.
     *
     * @return the indexes of the intents that it closes
     */
    List<Long> apply(Stamped entry) {
        Event event = entry.event();
        if (event instanceof Event.FileIntended || event instanceof Event.CommitIntended) {
            open.put(entry.index(), entry);
        } else if (event instanceof Event.FileWritten e) {
            e.row().ifPresent(row -> entry.shift().ifPresent(id -> add(id, row)));
            return close(intent -> isOf(intent, e.path()));
        } else if (event instanceof Event.CommitMade) {
            return close(intent ->
                    intent.event() instanceof Event.CommitIntended
                            && intent.shift().equals(entry.shift()));
        } else if (event instanceof Event.IntentDropped e) {
            return close(intent -> intent.index() == e.intent());
        } else if (event instanceof Event.ShiftEnded) {
            entry.shift().ifPresent(rows::remove);
        }
        return List.of();
    }

    private void add(ShiftId shift, Event.Row row) {
        rows.computeIfAbsent(shift, _ -> new ConcurrentHashMap<>()).put(row.name(), row);
    }

    private static boolean isOf(Stamped intent, WorkspacePath path) {
        return intent.event() instanceof Event.FileIntended e && e.path().equals(path);
    }

    private List<Long> close(java.util.function.Predicate<Stamped> done) {
        List<Long> closed = open.values().stream().filter(done).map(Stamped::index).toList();
        closed.forEach(open::remove);
        return closed;
    }

    /** The open ones, oldest first. */
    List<Stamped> open() {
        return List.copyOf(open.values());
    }

    /** The row of that name, if this shift has written it. */
    Optional<Event.Row> row(ShiftId shift, String name) {
        return Optional.ofNullable(rows.get(shift)).map(own -> own.get(name));
    }
}
