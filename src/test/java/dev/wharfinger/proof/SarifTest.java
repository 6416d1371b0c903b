package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.rule.Verdict.Granted;
import dev.wharfinger.rule.Verdict.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.Stream;

class SarifTest {
    private static final String RULES =
            """
            [{"id": "crit", "properties": {"security-severity": "9.8"}},
             {"id": "mid", "properties": {"security-severity": "5.0"},
              "defaultConfiguration": {"level": "error"}},
             {"id": "zero", "properties": {"security-severity": "0.0"}},
             {"id": "err", "defaultConfiguration": {"level": "error"}},
             {"id": "plain"}]
            """;

    /** A scan with these results; single quotes stand for double ones. */
    private static String scan(String results) {
        return """
        {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
         "runs": [{"tool": {"driver": {"name": "scanner", "rules": RULES}},
                   "invocations": [{"executionSuccessful": true}],
                   "results": [RESULTS]}]}
        """
                .replace("RULES", RULES)
                .replace("RESULTS", results.replace('\'', '"'));
    }

    static Stream<Arguments> readable() {
        return Stream.of(
                Arguments.of("a clean scan", "", new ScanCounts(0, 0, 0, 0, 0)),
                Arguments.of("error", "{'level': 'error'}", new ScanCounts(0, 1, 0, 0, 0)),
                Arguments.of("warning", "{'level': 'warning'}", new ScanCounts(0, 0, 1, 0, 0)),
                Arguments.of("note", "{'level': 'note'}", new ScanCounts(0, 0, 0, 1, 0)),
                Arguments.of("none", "{'level': 'none'}", ScanCounts.NONE),
                Arguments.of("no level is warning", "{}", new ScanCounts(0, 0, 1, 0, 0)),
                Arguments.of("rule's level", "{'ruleId': 'err'}", new ScanCounts(0, 1, 0, 0, 0)),
                Arguments.of("rule's score", "{'ruleId': 'crit'}", new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "a part's rule", "{'ruleId': 'crit/1'}", new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of("by index", "{'ruleIndex': 0}", new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "by reference", "{'rule': {'index': 0}}", new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "the score goes before the level",
                        "{'ruleId': 'mid', 'level': 'error'}",
                        new ScanCounts(0, 0, 1, 0, 0)),
                Arguments.of(
                        "a score of 0 says nothing",
                        "{'ruleId': 'zero', 'level': 'error'}",
                        new ScanCounts(0, 1, 0, 0, 0)),
                Arguments.of(
                        "the graver score counts",
                        "{'ruleId': 'mid', 'properties': {'security-severity': 9.1}}",
                        new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "a pass is no finding",
                        "{'ruleId': 'crit', 'kind': 'pass'}",
                        ScanCounts.NONE),
                Arguments.of(
                        "gone since the baseline",
                        "{'ruleId': 'crit', 'baselineState': 'absent'}",
                        ScanCounts.NONE),
                Arguments.of(
                        "there since the baseline",
                        "{'ruleId': 'crit', 'baselineState': 'unchanged'}",
                        new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "no suppression in the list",
                        "{'ruleId': 'crit', 'suppressions': []}",
                        new ScanCounts(1, 0, 0, 0, 0)));
    }

    static Stream<Arguments> suppressed() {
        String accepted = "'suppressions': [{'kind': 'external', 'status': 'accepted'}]";
        return Stream.of(
                Arguments.of(
                        "suppressed",
                        "{'ruleId': 'crit', " + accepted + "}",
                        new ScanCounts(0, 0, 0, 0, 1)),
                Arguments.of(
                        "suppressed in the source",
                        "{'ruleId': 'crit', 'suppressions': [{'kind': 'inSource'}]}",
                        new ScanCounts(0, 0, 0, 0, 1)),
                Arguments.of(
                        "a suppression under review",
                        "{'ruleId': 'crit', 'suppressions': [{'kind': 'external', 'status':"
                                + " 'underReview'}]}",
                        new ScanCounts(1, 0, 0, 0, 0)),
                Arguments.of(
                        "one of two suppressions rejected",
                        "{'ruleId': 'crit', 'suppressions': [{'status': 'accepted'},"
                                + " {'status': 'rejected'}]}",
                        new ScanCounts(1, 0, 0, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"readable", "suppressed"})
    void countsBySeverity(String name, String results, ScanCounts counts) {
        assertThat(granted(scan(results)).counts()).isEqualTo(counts);
    }

    static Stream<Arguments> unusable() {
        String good = scan("{'level': 'note'}");
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("blank", " "),
                Arguments.of("null", "null"),
                Arguments.of("xml", "<testsuite/>"),
                Arguments.of("another version", good.replace("2.1.0\",", "2.0.0\",")),
                Arguments.of("no version", good.replace("\"version\"", "\"Version\"")),
                Arguments.of("no runs", "{\"version\": \"2.1.0\"}"),
                Arguments.of("an empty list of runs", "{\"version\": \"2.1.0\", \"runs\": []}"),
                Arguments.of("no tool", good.replace("\"tool\"", "\"tolls\"")),
                Arguments.of("a tool without name", good.replace("\"name\"", "\"nome\"")),
                Arguments.of("a blank name", good.replace("\"scanner\"", "\" \"")),
                Arguments.of("it failed", good.replace("true", "false")),
                Arguments.of(
                        "it does not say whether it succeeded",
                        good.replace("\"executionSuccessful\": true", "")),
                Arguments.of("it says so as text", good.replace("l\": true", "l\": \"true\"")),
                Arguments.of(
                        "it stopped with an error",
                        good.replace(
                                "l\": true",
                                "l\": true, \"toolExecutionNotifications\": [{\"level\":"
                                        + " \"error\"}]")),
                Arguments.of("no results", good.replace("\"results\"", "\"result\"")),
                Arguments.of("results are null", good.replaceFirst("\\[\\{\"level.*", "null}]}")),
                Arguments.of(
                        "results elsewhere",
                        good.replace(
                                "\"results\"",
                                "\"externalPropertyFileReferences\": {\"results\": [{}]},"
                                        + " \"results\"")),
                Arguments.of("a result that is text", scan("'fine'")),
                Arguments.of("an unknown level", scan("{'level': 'fatal'}")),
                Arguments.of("an unknown kind", scan("{'kind': 'fine'}")),
                Arguments.of(
                        "a score that is none",
                        good.replace("9.8", "high")
                                .replace("{\"level\": \"note\"}", "{\"ruleId\": \"crit\"}")),
                Arguments.of(
                        "a score beyond 10", scan("{'properties': {'security-severity': '11'}}")),
                Arguments.of("a doubled key", scan("{'level': 'error', 'level': 'none'}")),
                Arguments.of("something after it", good + "{}"),
                Arguments.of("a byte order mark", "\ufeff" + good),
                Arguments.of("half a surrogate pair", scan("{'ruleId': '\\ud800'}")),
                Arguments.of("a comment", "/* fine */" + good),
                Arguments.of("too deep", scan("[".repeat(100) + "]".repeat(100))),
                Arguments.of("cut off", good.substring(0, good.length() - 9)),
                Arguments.of(
                        "one run of two without tool",
                        good.strip().replaceFirst("\\]}\\s*$", ", {\"results\": []}]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void provesNothing(String name, String json) {
        assertThat(Sarif.read("out.sarif", json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(((Refused<?>) refused).refusals().getFirst().rule())
                                        .isEqualTo(RuleId.PROOF_UNUSABLE));
    }

    @Test
    void badUtf8ProvesNothing() {
        byte[] bytes = scan("").getBytes(UTF_8);
        bytes[20] = (byte) 0xc0;

        assertThat(Sarif.read("x", bytes)).isInstanceOf(Refused.class);
    }

    @Test
    void severalRunsAreSummed() {
        String one = scan("{'level': 'error'}").strip();
        String run = one.substring(one.indexOf("\"runs\": [") + 9, one.length() - 2);
        String two = one.replace(run, run + "," + run.replace("scanner", "other"));

        ScanReport report = granted(two);

        assertThat(report.counts()).isEqualTo(new ScanCounts(0, 2, 0, 0, 0));
        assertThat(report.tools()).containsExactly("scanner", "other");
    }

    @Test
    void theGravestFindingsAreShownFirst() {
        ScanReport report =
                granted(
                        scan(
                                "{'level': 'note', 'ruleId': 'n'}, {'ruleId': 'crit', 'locations':"
                                        + " [{'physicalLocation': {'artifactLocation': {'uri':"
                                        + " 'src/a.js'}, 'region': {'startLine': 7}}}]}"));

        assertThat(report.findings().stream().map(ScanReport.Finding::text))
                .containsExactly("critical crit at src/a.js:7", "low n");
    }

    @Test
    void theBlockLevelDecides() {
        ScanReport medium = granted(scan("{'level': 'warning'}"));

        assertThat(medium.passes(Severity.HIGH)).isTrue();
        assertThat(medium.passes(Severity.CRITICAL)).isTrue();
        assertThat(medium.passes(Severity.MEDIUM)).isFalse();
        assertThat(medium.passes(Severity.LOW)).isFalse();
        assertThat(granted(scan("{'ruleId': 'crit'}")).passes(Severity.CRITICAL)).isFalse();
    }

    @Test
    void everyMutationIsReadOrRefused() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        byte[] original = scan("{'ruleId': 'crit', 'level': 'error'}").getBytes(UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = original.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            assertThat(Sarif.read("x", mutated)).as("seed %d round %d", seed, round).isNotNull();
        }
    }

    private static ScanReport granted(String json) {
        Verdict<ScanReport> verdict = Sarif.read("out.sarif", json.getBytes(UTF_8));
        assertThat(verdict).isInstanceOf(Granted.class);
        return ((Granted<ScanReport>) verdict).grant();
    }
}
