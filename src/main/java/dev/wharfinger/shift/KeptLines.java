package dev.wharfinger.shift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The lines of the journal on which the state rests: what a snapshot must tell again. */
final class KeptLines {
    private final SortedMap<Long, String> kept = new ConcurrentSkipListMap<>();
    private final Map<ShiftId, SortedMap<Long, String>> whileOpen = new ConcurrentHashMap<>();

    /** Keeps the line for as long as something rests on it; some leave nothing behind. */
    void keep(Stamped entry, String line) {
        switch (entry.event()) {
            case Event.KeeperStarted _,
                    Event.JournalCut _,
                    Event.DiskFull _,
                    Event.VersionVerified _,
                    Event.StatusMoved _,
                    Event.IntentDropped _ -> {}
            case Event.ScopeChecked e when !e.isCreep() -> {}
            case Event.FileIntended _, Event.CommitIntended _ -> kept.put(entry.index(), line);
            case Event.ProofRecorded _,
                    Event.PlanMade _,
                    Event.DeployStarted _,
                    Event.DeployStep _,
                    Event.DeployFinished _,
                    Event.SmokeRan _,
                    Event.ArtifactBuilt _,
                    Event.PolicyAccepted _,
                    PeopleEvent.DecisionAsked _,
                    PeopleEvent.DecisionMade _,
                    PeopleEvent.DecisionSpent _,
                    PeopleEvent.ReturnStarted _,
                    PeopleEvent.ReturnFinished _,
                    PeopleEvent.ForeignSeen _,
                    Event.ShiftBegun _,
                    Event.ShiftEnded _ ->
                    kept.put(entry.index(), line);
            default -> {
                entry.shift() // what belongs to no shift left nothing behind
                        .map(id ->
                                whileOpen.computeIfAbsent(id, _ -> new ConcurrentSkipListMap<>()))
                        .ifPresent(lines -> lines.put(entry.index(), line));
            }
        }
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
