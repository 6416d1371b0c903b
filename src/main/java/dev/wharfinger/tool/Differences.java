package dev.wharfinger.tool;

import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.workspace.Change;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a plan would change against what runs, in lines that people and agents read. */
final class Differences {
    private static final int MOST = 15;
    private static final Set<String> PROVING_FOLDERS =
            Set.of("test", "tests", "spec", "specs", "__tests__", "e2e", ".github", ".ci");
    private static final Pattern PROVING_NAME =
            Pattern.compile(
                    "(.*[._-](test|spec)\\..*|(test|spec)_.*|.*Tests?\\.[a-z]+|.*IT\\.[a-z]+"
                            + "|pom\\.xml|build\\.gradle(\\.kts)?|package\\.json|pyproject\\.toml"
                            + "|tox\\.ini|conftest\\.py|makefile|\\.gitlab-ci\\.yml)",
                    Pattern.CASE_INSENSITIVE);
    private final Sources sources;

    Differences(Sources sources) {
        this.sources = sources;
    }

    /** What differs from what runs: the version, and the files by name. */
    List<String> from(Optional<ReleaseRecord> runs, DeployPlan plan) {
        if (runs.isEmpty()) {
            return List.of("everything: nothing of ours runs there");
        }
        ReleaseRecord now = runs.get();
        if (now.artifact().equals(plan.artifact())) {
            return List.of("nothing: the same bytes run already");
        }
        List<String> files = changed(now, plan).stream().map(Differences::line).toList();
        var all = new ArrayList<String>();
        all.add("version " + now.version() + " → " + plan.version());
        all.addAll(some(files));
        return all;
    }

    /** The files among them that prove others: tests, build files, pipelines. */
    List<String> proving(Optional<ReleaseRecord> runs, DeployPlan plan) {
        return runs.map(now ->
                        some(
                                changed(now, plan).stream()
                                        .filter(change -> proves(change.path().toString()))
                                        .map(Differences::line)
                                        .toList()))
                .orElse(List.of());
    }

    private List<Change> changed(ReleaseRecord now, DeployPlan plan) {
        return List.copyOf(sources.git().changedBetween(now.commit(), plan.commit()));
    }

    private static String line(Change change) {
        return change.kind().name().charAt(0) + " " + change.path();
    }

    private static List<String> some(List<String> files) {
        if (files.size() <= MOST) {
            return files;
        }
        var some = new ArrayList<>(files.subList(0, MOST));
        some.add("and " + (files.size() - MOST) + " files more");
        return some;
    }

    private static boolean proves(String path) {
        List<String> parts = List.of(path.split("/"));
        return PROVING_NAME.matcher(parts.getLast()).matches()
                || parts.subList(0, parts.size() - 1).stream()
                        .anyMatch(part -> PROVING_FOLDERS.contains(part.toLowerCase(Locale.ROOT)));
    }
}
