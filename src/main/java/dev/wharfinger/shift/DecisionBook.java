package dev.wharfinger.shift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people were asked, what they decided, and which of their approvals are used up. It never
 * forgets: an approval that was seen once is known for ever by its nonce.
 */
public final class DecisionBook {
    private final Map<String, Stamped> asked = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, List<PeopleEvent.DecisionMade>> made = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> spent = ConcurrentHashMap.newKeySet();

    /** Takes in one entry; those about other things leave nothing behind. */
    void apply(Stamped entry) {
        Event event = entry.event();
        if (event instanceof PeopleEvent.DecisionAsked e) {
            asked.put(e.id(), entry);
        } else if (event instanceof PeopleEvent.DecisionMade e) {
            made.merge(e.id(), List.of(e), DecisionBook::joined);
            seen.add(e.nonce());
        } else if (event instanceof PeopleEvent.DecisionSpent e) {
            spent.addAll(e.nonces());
        } else if (event instanceof Event.DeployStarted e) {
            spent.addAll(e.nonces());
        }
    }

    private static List<PeopleEvent.DecisionMade> joined(
            List<PeopleEvent.DecisionMade> before, List<PeopleEvent.DecisionMade> more) {
        var all = new ArrayList<>(before);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Every question that is no plan's, oldest first, with who asked it and when. */
    public Collection<Stamped> asked() {
        synchronized (asked) {
            return List.copyOf(asked.values());
        }
    }

    /** The question of this id. */
    public Optional<Stamped> asked(String id) {
        return Optional.ofNullable(asked.get(id));
    }

    /** What was decided about this plan or question, in order; each person's last word counts. */
    public List<PeopleEvent.DecisionMade> made(String id) {
        return made.getOrDefault(id, List.of());
    }

    /** Whether a decision with this nonce stands in the journal: it is not taken a second time. */
    public boolean hasSeen(String nonce) {
        return seen.contains(nonce) || spent.contains(nonce);
    }

    /** Whether something was done on the strength of this approval. */
    public boolean isSpent(String nonce) {
        return spent.contains(nonce);
    }
}
