package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.Staged;
import dev.wharfinger.workspace.StaleWrite;
import dev.wharfinger.workspace.WriteGrant;

import java.io.IOException;
import java.util.Optional;

/** Spends write grants: staged and durable, then the intent in the journal, then the rename. */
final class FileDesk {
    private final Project project;
    private final Library library;

    FileDesk(Project project, Library library) {
        this.project = project;
        this.library = library;
    }

    /** Nothing where the file was written; else why it was not. */
    Optional<Outcome> write(
            Pen pen, WriteGrant grant, byte[] content, String tool, Optional<Event.Row> row) {
        try {
            Staged staged = project.workspace().stage(grant, content);
            var intent =
                    new Event.FileIntended(
                            grant.path(), grant.content(), grant.replacing(), tool, row);
            long index;
            try {
                index = pen.recordDurably(intent);
            } catch (RuntimeException e) {
                project.workspace().discard(staged);
                throw e;
            }
            try {
                project.workspace().commit(staged);
            } catch (StaleWrite e) {
                pen.record(new Event.IntentDropped(index));
                throw e;
            }
            written(pen, intent, FileContent.of(grant.path(), content));
            return Optional.empty();
        } catch (StaleWrite e) {
            return Optional.of(
                    new Outcome.Refused(
                            Refusal.byYou(
                                    RuleId.HALLUCINATION_STALE_READ,
                                    "`"
                                            + grant.path()
                                            + "` changed while it was being written: "
                                            + e.getMessage()
                                            + ".",
                                    "Read it again.",
                                    NextCall.of("view_file", "path", grant.path().toString()))));
        } catch (IOException e) {
            return Optional.of(
                    new Outcome.Failed(
                            "write " + grant.path(),
                            String.valueOf(e.getMessage()),
                            "Nothing was changed. Tell the user to look at the disk.",
                            JsonTree.object()));
        }
    }

    private void written(Pen pen, Event.FileIntended intent, FileContent file) {
        pen.record(
                new Event.FileWritten(
                        intent.path(),
                        intent.hash(),
                        intent.before(),
                        library.facts(pen.caller().persona(), file),
                        intent.tool(),
                        intent.row()));
    }

    /** After a crash: whether that write took place is seen from the file, and written down. */
    String settle(Pen pen, long index, Event.FileIntended intent) {
        Optional<FileContent> now =
                library.readable(intent.path()).filter(file -> file.hash().equals(intent.hash()));
        now.ifPresentOrElse(
                file -> written(pen, intent, file),
                () -> pen.record(new Event.IntentDropped(index)));
        return "`" + intent.path() + "` " + (now.isPresent() ? "was written" : "was not written");
    }
}
