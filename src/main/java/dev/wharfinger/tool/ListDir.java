package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.FolderEntry;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code list_dir}: what a folder holds. What it shows counts as listed; nothing else does. */
final class ListDir implements Tool {
    private static final int PAGE = 200;
    private static final int MOST = 5_000;
    private final Project project;
    private final Guidance guidance;

    ListDir(Project project, Guidance guidance) {
        this.project = project;
        this.guidance = guidance;
    }

    @Override
    public Traits traits() {
        return new Traits("list_dir", Standing.SHIFT_OR_NONE, Nature.RECORDS, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        var arguments = turn.arguments();
        int depth = arguments.maybeInt("depth").orElse(1);
        return switch (folder(arguments.text("path"))) {
            case Verdict.Refused<WorkspacePath>(var no) -> new Outcome.Refused(no);
            case Verdict.Granted<WorkspacePath>(var folder) ->
                    switch (project.workspace().list(folder, depth, MOST)) {
                        case Verdict.Refused<Optional<List<FolderEntry>>>(var no) ->
                                new Outcome.Refused(no);
                        case Verdict.Granted<Optional<List<FolderEntry>>>(var entries) ->
                                entries.map(found ->
                                                page(
                                                        turn,
                                                        folder,
                                                        found,
                                                        arguments.maybeText("cursor")))
                                        .orElseGet(() -> missing(folder));
                    };
        };
    }

    private static Verdict<WorkspacePath> folder(String raw) {
        return raw.isEmpty() || raw.equals(".") || raw.equals("/") || raw.equals("./")
                ? Verdict.granted(WorkspacePath.ROOT)
                : WorkspacePath.parse(
                        raw.length() > 1 && raw.endsWith("/")
                                ? raw.substring(0, raw.length() - 1)
                                : raw);
    }

    private Outcome page(
            Turn turn, WorkspacePath folder, List<FolderEntry> entries, Optional<String> cursor) {
        int from = cursor.map(text -> offset(text, entries.size())).orElse(0);
        if (from < 0) {
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            "`cursor` is not one that this listing gave.",
                            "List again without a cursor.",
                            NextCall.of("list_dir", "path", folder.toString())));
        }
        List<FolderEntry> shown = entries.subList(from, Math.min(entries.size(), from + PAGE));
        boolean more = from + shown.size() < entries.size();
        remember(turn, folder, shown, more);
        Reply reply =
                project.reply(
                        entries.size()
                                + " entries in `"
                                + folder
                                + "`"
                                + (more ? ", shown in part" : "")
                                + ".");
        var list = reply.list("entries");
        for (FolderEntry entry : shown) {
            String type = entry.kind().name().toLowerCase(Locale.ROOT);
            list.addObject()
                    .put("path", entry.path().toString())
                    .put("type", type)
                    .put("size", entry.size());
            reply.line(entry.path() + (entry.kind() == FolderEntry.Kind.FOLDER ? "/" : ""));
        }
        if (more) {
            reply.more(Integer.toString(from + shown.size()));
        }
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }

    private static int offset(String cursor, int size) {
        try {
            int offset = Integer.parseInt(cursor);
            return offset < size ? offset : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void remember(
            Turn turn, WorkspacePath folder, List<FolderEntry> shown, boolean more) {
        if (turn.maybeShift().isEmpty()) {
            return;
        }
        var seen = turn.shift().sightings();
        var folders = new ArrayList<WorkspacePath>();
        if (!more) {
            folders.add(folder);
            shown.stream()
                    .filter(entry -> entry.kind() == FolderEntry.Kind.FOLDER)
                    .map(FolderEntry::path)
                    .filter(inner -> shown.stream().anyMatch(entry -> entry.path().isBelow(inner)))
                    .forEach(folders::add);
        }
        List<WorkspacePath> paths =
                shown.stream().map(FolderEntry::path).filter(path -> !seen.knows(path)).toList();
        List<WorkspacePath> opened =
                folders.stream().filter(path -> !seen.hasOpened(path)).toList();
        for (int at = 0; at < paths.size() || (at == 0 && !opened.isEmpty()); at += 100) {
            turn.saw(
                    new Event.PathsListed(
                            at == 0 ? opened : List.of(),
                            paths.subList(at, Math.min(paths.size(), at + 100))));
        }
    }

    private static Outcome missing(WorkspacePath folder) {
        WorkspacePath above = folder.parent().orElse(WorkspacePath.ROOT);
        return new Outcome.Refused(
                Refusal.byYou(
                        RuleId.HALLUCINATION_UNLISTED_PATH,
                        "`" + folder + "` is no folder of this project.",
                        "List what is there instead of assuming it.",
                        NextCall.of("list_dir", "path", above.toString())));
    }
}
