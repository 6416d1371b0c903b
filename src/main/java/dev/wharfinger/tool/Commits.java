package dev.wharfinger.tool;

import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.CommitRequest;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.Person;
import dev.wharfinger.workspace.WorkspacePath;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Makes commits: the intent first, whose index the commit names, then the commit. */
final class Commits {
    private static final String ENTRY = "Wharf-Entry";
    private final Project project;
    private final Sources sources;

    Commits(Project project, Sources sources) {
        this.project = project;
        this.sources = sources;
    }

    Verdict<CommitId> commit(
            Pen pen,
            CommitId onto,
            SequencedMap<WorkspacePath, ContentHash> files,
            String message) {
        var paths = List.copyOf(files.sequencedKeySet());
        long index = pen.recordDurably(new Event.CommitIntended(onto, paths));
        var author =
                new Person(
                        pen.caller().principal().value(),
                        pen.caller().persona().name() + "@wharfinger.invalid");
        var request =
                new CommitRequest(
                        Optional.of(onto),
                        files,
                        message,
                        new LinkedHashMap<>(Map.of(ENTRY, Long.toString(index))),
                        author,
                        author,
                        project.clock().instant().atZone(ZoneOffset.UTC));
        Verdict<CommitId> made = sources.git().commit(request);
        switch (made) {
            case Verdict.Granted<CommitId>(var commit) ->
                    pen.record(new Event.CommitMade(commit, paths));
            case Verdict.Refused<CommitId> _ -> pen.record(new Event.IntentDropped(index));
        }
        return made;
    }

    /** After a crash: whether that commit was made is seen from the branch, and written down. */
    String settle(Pen pen, Stamped intent, Event.CommitIntended asked) {
        Optional<CommitId> made =
                sources.git()
                        .settle(
                                asked.onto(),
                                ENTRY + ": " + intent.index(),
                                asked.paths(),
                                intent.at());
        pen.record(
                made.<Event>map(commit -> new Event.CommitMade(commit, asked.paths()))
                        .orElse(new Event.IntentDropped(intent.index())));
        return made.map(commit -> "commit " + commit.shortened() + " was made")
                .orElse("no commit was made");
    }
}
