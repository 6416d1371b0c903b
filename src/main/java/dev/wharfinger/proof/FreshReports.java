package dev.wharfinger.proof;

import dev.wharfinger.rule.Verdict.Granted;
import dev.wharfinger.rule.Verdict.Refused;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.FolderEntry;
import dev.wharfinger.workspace.Workspace;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reports that a command wrote into its checkout. What was there before and was not written
 * again is none: a report that stands in the commit proves nothing about the commit.
 */
final class FreshReports {
    private static final int FILES = 5_000;
    private static final int ENTRIES = 20_000;
    private static final int DEPTH = 12;

    /** A time that no command sets: the start of 1970 and a second. */
    private static final long LONG_AGO = 1_000;

    private final Workspace checkout;
    private final List<Glob> globs;
    private final Map<WorkspacePath, Long> before = new LinkedHashMap<>();

    private FreshReports(Workspace checkout, List<Glob> globs) {
        this.checkout = checkout;
        this.globs = globs;
    }

    /** Takes note of what is there before the command runs. */
    static FreshReports before(Workspace checkout, List<String> patterns) throws Unusable {
        FreshReports reports = new FreshReports(checkout, patterns.stream().map(Glob::of).toList());
        for (WorkspacePath path : reports.matching()) {
            boolean aged = reports.file(path).setLastModified(LONG_AGO);
            // Where a time cannot be set, the one that is there must change.
            reports.before.put(path, aged ? LONG_AGO : reports.file(path).lastModified());
        }
        return reports;
    }

    /** What was written since, in the order of names. */
    List<ReportFile> after() throws Unusable {
        List<ReportFile> found = new ArrayList<>();
        for (WorkspacePath path : matching()) {
            Long old = before.get(path);
            if (old != null && old == file(path).lastModified()) {
                continue;
            }
            switch (checkout.read(path, Json.LIMIT_BYTES)) {
                case Refused<?>(var refusals) ->
                        throw new Unusable("`" + path + "`: " + refusals.getFirst().reason());
                case Granted<Optional<FileContent>>(var content) ->
                        content.ifPresent(
                                file -> found.add(ReportFile.of(path.toString(), file.bytes())));
            }
        }
        return found;
    }

    private File file(WorkspacePath path) {
        return checkout.root().resolve(path.toString()).toFile();
    }

    private List<WorkspacePath> matching() throws Unusable {
        List<WorkspacePath> found = new ArrayList<>();
        for (Glob glob : globs) {
            int fixed = 0;
            while (fixed < glob.segments().size() - 1 && isFixed(glob.segments().get(fixed))) {
                fixed++;
            }
            WorkspacePath folder = new WorkspacePath(glob.segments().subList(0, fixed));
            List<String> rest = glob.segments().subList(fixed, glob.segments().size());
            int depth = rest.stream().anyMatch(Glob::isAnyDepth) ? DEPTH : rest.size();
            for (FolderEntry entry : list(folder, depth)) {
                if (entry.kind() != FolderEntry.Kind.FOLDER
                        && glob.matches(entry.path())
                        && !found.contains(entry.path())) {
                    found.add(entry.path());
                }
            }
        }
        if (found.size() > FILES) {
            throw new Unusable("more than " + FILES + " files match");
        }
        return found.stream().sorted().toList();
    }

    private List<FolderEntry> list(WorkspacePath folder, int depth) throws Unusable {
        return switch (checkout.list(folder, depth, ENTRIES)) {
            case Granted<Optional<List<FolderEntry>>>(var entries) -> whole(folder, entries);
            case Refused<Optional<List<FolderEntry>>>(var refusals) ->
                    throw new Unusable("`" + folder + "`: " + refusals.getFirst().reason());
        };
    }

    /** A listing that was cut may lack the report that fails. */
    private static List<FolderEntry> whole(
            WorkspacePath folder, Optional<List<FolderEntry>> entries) throws Unusable {
        if (entries.map(List::size).orElse(0) >= ENTRIES) {
            throw new Unusable("`" + folder + "` holds more than can be looked through");
        }
        return entries.orElse(List.of());
    }

    private static boolean isFixed(String segment) {
        return segment.indexOf('*') < 0 && segment.indexOf('?') < 0;
    }
}
