package dev.wharfinger.shift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The lines of the journal on which the state rests: what a snapshot must tell again. */
final class KeptLines {
    private static final Set<Class<? extends Event>> NEVER =
            Set.of(
                    Event.KeeperStarted.class,
                    Event.JournalCut.class,
                    Event.DiskFull.class,
                    Event.VersionVerified.class,
                    Event.StatusMoved.class,
                    Event.IntentDropped.class);
    private static final Set<Class<? extends Event>> ALWAYS =
            Set.of(
                    Event.FileIntended.class,
                    Event.CommitIntended.class,
                    Event.ProofRecorded.class,
                    Event.PlanMade.class,
                    Event.DeployStarted.class,
                    Event.DeployStep.class,
                    Event.DeployFinished.class,
                    Event.SmokeRan.class,
                    Event.ArtifactBuilt.class,
                    Event.PolicyAccepted.class,
                    PeopleEvent.DecisionAsked.class,
                    PeopleEvent.DecisionMade.class,
                    PeopleEvent.DecisionSpent.class,
                    PeopleEvent.ReturnStarted.class,
                    PeopleEvent.ReturnFinished.class,
                    PeopleEvent.ForeignSeen.class,
                    Event.ShiftBegun.class,
                    Event.ShiftEnded.class);

    private final SortedMap<Long, String> kept = new ConcurrentSkipListMap<>();
    private final Map<ShiftId, SortedMap<Long, String>> whileOpen = new ConcurrentHashMap<>();

    /** Keeps the line for as long as something rests on it; some leave nothing behind. */
    void keep(Stamped entry, String line) {
        Event event = entry.event();
        if (ALWAYS.contains(event.getClass())) {
            kept.put(entry.index(), line);
        } else if (!NEVER.contains(event.getClass()) && !isWithinScope(event)) {
            entry.shift() // what belongs to no shift left nothing behind
                    .map(id -> whileOpen.computeIfAbsent(id, _ -> new ConcurrentSkipListMap<>()))
                    .ifPresent(lines -> lines.put(entry.index(), line));
        }
    }

    private static boolean isWithinScope(Event event) {
        return event instanceof Event.ScopeChecked checked && !checked.isCreep();
    }

    /** It is known what came of this intent. */
    void settled(long intent) {
        kept.remove(intent);
        whileOpen.values().forEach(lines -> lines.remove(intent));
    }

    /** Writes stay while any shift is open: another shift's sightings may rest on them. */
    void ended(ShiftId shift, boolean noneOpen) {
        if (noneOpen) {
            whileOpen.clear();
        }
        Optional.ofNullable(whileOpen.get(shift))
                .ifPresent(lines ->
                        lines.values().removeIf(line -> !line.contains("\"file.written\"")));
    }

    void drop(long index) {
        kept.remove(index);
    }

    /** The lines, each behind its index, in order. */
    List<String> lines() {
        var all = new TreeMap<>(kept);
        whileOpen.values().forEach(all::putAll);
        var lines = new ArrayList<String>();
        all.forEach((index, line) -> lines.add(index + " " + line));
        return lines;
    }
}
