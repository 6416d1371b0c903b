package dev.wharfinger.shift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What open shifts were asked for that the charter leaves out, in the order of asking. */
public final class Creeps {
    private final Map<ShiftId, List<String>> requests = new ConcurrentHashMap<>();

    /** Takes in one entry; those about other things leave nothing behind. */
    void apply(Stamped entry) {
        Optional<ShiftId> shift = entry.shift();
        if (shift.isEmpty()) {
            return;
        }
        switch (entry.event()) {
            case Event.ScopeChecked e when e.isCreep() ->
                    requests.merge(shift.get(), List.of(e.request()), Creeps::joined);
            case Event.ShiftEnded _ -> requests.remove(shift.get());
            default -> {}
        }
    }

    private static List<String> joined(List<String> known, List<String> more) {
        if (known.containsAll(more)) {
            return known;
        }
        var all = new ArrayList<>(known);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** The requests of this shift that the charter leaves out; none where it has ended. */
    public List<String> of(ShiftId shift) {
        return requests.getOrDefault(shift, List.of());
    }
}
