package dev.wharfinger.tool;

import dev.wharfinger.call.Turn;
import dev.wharfinger.call.Unreadable;
import dev.wharfinger.ledger.LedgerFacts;
import dev.wharfinger.ledger.LedgerFile;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.ledger.Plan;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.policy.Facts;
import dev.wharfinger.policy.Reading;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftState;
import dev.wharfinger.sighting.Sighting;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The project's files as shifts read them: ledger files by their facts, skills with a fallback. */
final class Library {
    private static final long LEDGER_LIMIT = 2L << 20;
    private static final long FILE_LIMIT = 256L << 10;
    private static final int REMEMBERED = 64;
    private final Project project;

    /** What was read out of bytes once: the same bytes say the same. */
    private final Map<Told, String> facts =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Told, String> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    private record Parsed(FileContent of, Plan plan) {}

    private volatile Optional<Parsed> parsed = Optional.empty();

    private record Told(LedgerFile kind, WorkspacePath path, ContentHash hash, String command) {}

    Library(Project project) {
        this.project = project;
    }

    private LedgerPaths ledger() {
        return project.settings().ledger();
    }

    /**
     * The file, or nothing where there is none; a missing skill is answered by the built-in one.
     */
    Verdict<Optional<FileContent>> read(WorkspacePath path) {
        long limit = ledger().at(path).isPresent() ? LEDGER_LIMIT : FILE_LIMIT;
        return project.workspace()
                .read(path, limit)
                .map(found ->
                        found.or(() ->
                                project.skills()
                                        .builtIn(path)
                                        .map(bytes -> FileContent.of(path, bytes))));
    }

    /**
     * The file where it can be read; a file that is refused counts as unreadable, never as absent.
     */
    Optional<FileContent> readable(WorkspacePath path) {
        return read(path)
                .fold(
                        found -> found,
                        no -> {
                            throw new Unreadable(
                                    no.stream().map(one -> spoilt(path, one)).toList());
                        });
    }

    /** No call of an agent makes a plain file of it again. */
    private static Refusal spoilt(WorkspacePath path, Refusal no) {
        return Refusal.by(
                Opener.HUMAN,
                no.rule(),
                no.reason(),
                "Tell the user: nothing goes on before a person has made a plain file of `"
                        + path
                        + "` again, or removed it.");
    }

    /**
     * What decides in a ledger file, as a digest; empty for files that are compared by their bytes.
     */
    Optional<String> facts(Persona persona, FileContent file) {
        String command = persona.name().command();
        return ledger().at(file.path())
                .map(kind ->
                        facts.computeIfAbsent(
                                new Told(kind, file.path(), file.hash(), command),
                                _ ->
                                        LedgerFacts.digest(
                                                kind,
                                                file.path().toString(),
                                                file.bytes(),
                                                command)));
    }

    /** PLAN.md as it is in these bytes, parsed once while they are the same. */
    Plan plan(FileContent file) {
        Optional<Parsed> last = parsed;
        if (last.isPresent() && last.get().of().equals(file)) {
            return last.get().plan();
        }
        Plan plan = Plan.parse(file.path().toString(), file.bytes());
        parsed = Optional.of(new Parsed(file, plan));
        return plan;
    }

    /** Writes down that the shift has read this file as it stands; without one nothing. */
    void remember(Turn turn, FileContent file) {
        if (turn.maybeShift().isEmpty()) {
            return;
        }
        Optional<String> facts = facts(turn.caller().persona(), file);
        var now = new Sighting.Read(file.hash(), facts);
        if (!turn.shift().sightings().of(file.path()).equals(now)) {
            turn.saw(new Event.FileRead(file.path(), file.hash(), facts));
        }
    }

    /** The ledger files that exist, and the persona's skill: what {@code begin_shift} shows. */
    List<WorkspacePath> shownAtBegin(Persona persona) {
        var shown = new ArrayList<WorkspacePath>();
        for (WorkspacePath path : ledger().all()) {
            if (readable(path).isPresent()) {
                shown.add(path);
            }
        }
        persona.skill().ifPresent(skill -> shown.add(skill.path()));
        return shown;
    }

    /** How the files that every shift must know stand with this one. */
    Facts.Readings readings(Persona persona, ShiftState shift) {
        var skill = persona.skill().map(link -> link.path());
        return new Facts.Readings(
                ledger().plan(),
                reading(persona, shift, ledger().plan()),
                ledger().handoff(),
                reading(persona, shift, ledger().handoff()),
                skill,
                skill.map(path -> reading(persona, shift, path)).orElse(Reading.ABSENT));
    }

    private Reading reading(Persona persona, ShiftState shift, WorkspacePath path) {
        Sighting seen = shift.sightings().of(path);
        Optional<FileContent> now = readable(path);
        if (now.isEmpty()) {
            return seen instanceof Sighting.Read ? Reading.STALE : Reading.ABSENT;
        }
        return switch (seen) {
            case Sighting.Never _ -> Reading.UNSEEN;
            case Sighting.Listed _ -> Reading.LISTED;
            case Sighting.Read _ ->
                    seen.isFresh(now.get().hash(), facts(persona, now.get()))
                            ? Reading.FRESH
                            : Reading.STALE;
        };
    }
}
