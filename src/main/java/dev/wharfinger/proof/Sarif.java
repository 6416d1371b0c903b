package dev.wharfinger.proof;

import dev.wharfinger.rule.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads scans in SARIF 2.1.0 (OASIS, with errata 01). A scan counts only if it says which tool ran,
 * that it ran to its end, and what it found, if only an empty list; else it is {@code
 * proof.unusable}.
 *
 * <p>Severity: the score {@code security-severity} of the result or of its rule where there is one,
 * else the result's level (error is high, warning medium, note low), else its rule's, else warning.
 * A result that is suppressed (every suppression accepted or without status) is counted apart; one
 * that passed, does not apply or is gone since the baseline is not counted.
 */
public final class Sarif {
    private static final Set<String> NOT_FAILED =
            Set.of("pass", "notApplicable", "informational", "open", "review");
    private static final Set<String> KNOWN_KINDS =
            Set.of("pass", "notApplicable", "informational", "open", "review", "fail");

    private Sarif() {}

    /** The scan, or {@code proof.unusable}. */
    public static Verdict<ScanReport> read(String file, byte[] json) {
        try {
            return Verdict.granted(parse(Json.read(json)));
        } catch (Unusable unusable) {
            return Verdict.refused(unusable.in(file));
        }
    }

    private static ScanReport parse(Json document) throws Unusable {
        String version = document.string("version").orElse("");
        if (!version.equals("2.1.0")) {
            throw new Unusable("its version is not SARIF 2.1.0", document.line());
        }
        List<Json> runs = document.list("runs");
        if (runs.isEmpty()) {
            throw new Unusable("it holds no run: nothing was scanned", document.line());
        }
        ScanReport report = new ScanReport(List.of(), ScanCounts.NONE, List.of());
        for (Json run : runs) {
            report = report.plus(run(run));
        }
        return report;
    }

    private static ScanReport run(Json run) throws Unusable {
        Json driver =
                run.get("tool")
                        .flatMap(tool -> tool.get("driver"))
                        .orElseThrow(() -> new Unusable("a run names no tool", run.line()));
        String tool = driver.string("name").orElse("");
        if (tool.isBlank()) {
            throw new Unusable("a run's tool has no name", run.line());
        }
        checkInvocations(run);
        if (run.get("externalPropertyFileReferences")
                .flatMap(files -> files.get("results"))
                .isPresent()) {
            throw new Unusable("its results are in other files", run.line());
        }
        Json results =
                run.get("results", Json.Kind.ARRAY)
                        .orElseThrow(
                                () -> new Unusable("a run has no list of results", run.line()));
        ScanCounts counts = ScanCounts.NONE;
        List<ScanReport.Finding> findings = new ArrayList<>();
        for (Json result : results.items()) {
            if (!result.is(Json.Kind.OBJECT)) {
                throw new Unusable("a result is no object", result.line());
            }
            Optional<Severity> severity = severity(result, new Rules(run));
            if (severity.isPresent() && isSuppressed(result)) {
                counts = counts.plus(new ScanCounts(0, 0, 0, 0, 1));
            } else if (severity.isPresent()) {
                counts = counts.plusOne(severity.get());
                findings.add(finding(result, severity.get()));
            }
        }
        return new ScanReport(List.of(Shown.text(tool)), counts, findings);
    }

    /** No invocation at all is allowed; one that does not say that it succeeded is not. */
    private static void checkInvocations(Json run) throws Unusable {
        for (Json invocation : run.list("invocations")) {
            if (invocation.get("executionSuccessful", Json.Kind.TRUE).isEmpty()) {
                throw new Unusable(
                        "its tool does not say that it ran successfully", invocation.line());
            }
            for (Json notice : invocation.list("toolExecutionNotifications")) {
                if (notice.string("level").orElse("warning").equals("error")) {
                    throw new Unusable("its tool stopped with an error", notice.line());
                }
            }
        }
    }

    /** How grave a result is; nothing where it is no finding. */
    private static Optional<Severity> severity(Json result, Rules rules) throws Unusable {
        String kind = result.string("kind").orElse("fail");
        if (!KNOWN_KINDS.contains(kind)) {
            throw new Unusable("a result has the kind `" + Shown.text(kind) + "`", result.line());
        }
        Optional<String> level = result.string("level");
        if (result.string("baselineState").orElse("").equals("absent")
                || NOT_FAILED.contains(kind) && level.orElse("none").equals("none")) {
            return Optional.empty();
        }
        Optional<Json> rule = rules.of(result);
        Optional<Severity> scored = score(result);
        Optional<Severity> ruled = rule.isPresent() ? score(rule.get()) : Optional.empty();
        if (scored.isPresent() && ruled.isPresent()) {
            return scored.get().compareTo(ruled.get()) > 0 ? scored : ruled;
        }
        if (scored.isPresent() || ruled.isPresent()) {
            return scored.or(() -> ruled);
        }
        String effective =
                level.or(() ->
                                rule.flatMap(r -> r.get("defaultConfiguration"))
                                        .flatMap(c -> c.string("level")))
                        .orElse("warning");
        return switch (effective) {
            case "error" -> Optional.of(Severity.HIGH);
            case "warning" -> Optional.of(Severity.MEDIUM);
            case "note" -> Optional.of(Severity.LOW);
            case "none" -> Optional.empty();
            default ->
                    throw new Unusable(
                            "a result has the level `" + Shown.text(effective) + "`",
                            result.line());
        };
    }

    private static Optional<Severity> score(Json holder) throws Unusable {
        Optional<Json> said = holder.get("properties").flatMap(p -> p.get("security-severity"));
        if (said.isEmpty()) {
            return Optional.empty();
        }
        double score = said.get().number().orElse(-1);
        if (score < 0 || score > 10) {
            throw new Unusable(
                    "a security-severity is `"
                            + Shown.text(said.get().text())
                            + "`, no number from 0 to 10",
                    said.get().line());
        }
        return Severity.ofScore(score);
    }

    /** One suppression under review or rejected keeps the result alive (SARIF 3.27.23). */
    private static boolean isSuppressed(Json result) {
        List<Json> suppressions = result.list("suppressions");
        return !suppressions.isEmpty()
                && suppressions.stream()
                        .allMatch(each ->
                                each.is(Json.Kind.OBJECT)
                                        && each.string("status")
                                                .orElse("accepted")
                                                .equals("accepted"));
    }

    private static ScanReport.Finding finding(Json result, Severity severity) {
        Optional<Json> place =
                result.list("locations").stream()
                        .findFirst()
                        .flatMap(location -> location.get("physicalLocation"));
        String file =
                place.flatMap(p -> p.get("artifactLocation"))
                        .flatMap(artifact -> artifact.string("uri"))
                        .orElse("");
        int line = place.flatMap(p -> p.get("region")).map(r -> r.index("startLine")).orElse(-1);
        return new ScanReport.Finding(
                severity,
                Shown.text(Rules.name(result)),
                Shown.text(line > 0 ? file + ":" + line : file));
    }

    /** The rules that a run's tool declares, in its driver and its extensions. */
    private record Rules(Json run) {
        Optional<Json> of(Json result) {
            Json tool = run.get("tool").orElse(run);
            Json component = tool.get("driver").orElse(run);
            Optional<Json> reference = result.get("rule", Json.Kind.OBJECT);
            int extension =
                    reference
                            .flatMap(rule -> rule.get("toolComponent"))
                            .map(c -> c.index("index"))
                            .orElse(-1);
            List<Json> extensions = tool.list("extensions");
            if (extension >= 0 && extension < extensions.size()) {
                component = extensions.get(extension);
            }
            List<Json> rules = component.list("rules");
            int index =
                    Math.max(
                            result.index("ruleIndex"),
                            reference.map(r -> r.index("index")).orElse(-1));
            if (index >= 0 && index < rules.size()) {
                return Optional.of(rules.get(index));
            }
            String id = name(result);
            return rules.stream().filter(rule -> isNamed(rule, id)).findFirst();
        }

        static String name(Json result) {
            return result.string("ruleId")
                    .or(() -> result.get("rule").flatMap(rule -> rule.string("id")))
                    .orElse("");
        }

        /** A result may name a rule's part: {@code CA2101/1} (SARIF 3.27.5). */
        private static boolean isNamed(Json rule, String id) {
            String own = rule.string("id").orElse("");
            return !own.isEmpty() && (id.equals(own) || id.startsWith(own + "/"));
        }
    }
}
