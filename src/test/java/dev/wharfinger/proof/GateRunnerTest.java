package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.proof.GateResult.Outcome;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.SourceDigest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class GateRunnerTest {
    private static final String PASSING =
            "<testsuite tests='2'><testcase name='a'/><testcase name='b'/></testsuite>";
    private static final String FAILING =
            "<testsuite><testcase name='a'/><testcase classname='B'"
                    + " name='b'><failure/></testcase></testsuite>";
    private static final String CLEAN =
            "{\"version\":\"2.1.0\","
                    + "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"s\"}},\"results\":[]}]}";

    @TempDir Path temp;
    private Path checkout;
    private GateRunner runner;

    @BeforeEach
    void checkout() throws IOException {
        checkout = Files.createDirectory(temp.resolve("checkout"));
        runner =
                new GateRunner(
                        new CommandRunner(
                                Confinement.BEST,
                                List.of(temp.resolve("state")),
                                Map.of("PATH", "/usr/bin:/bin", "HOME", temp.toString())));
    }

    private static GateSettings gate(GateId id, List<String> reports, String script, long seconds) {
        return new GateSettings(
                id,
                Optional.of(List.of("/bin/sh", "-c", script)),
                reports,
                Strength.OBSERVED,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(seconds),
                List.of());
    }

    private GateResult run(GateId id, List<String> reports, String script) throws IOException {
        return runner.run(
                gate(id, reports, script, 60), checkout, new Redactor(List.of()), () -> false);
    }

    private GateResult test(String script) throws IOException {
        return run(GateId.TEST, List.of("target/reports/*.xml"), script);
    }

    private static String write(String content) {
        return "mkdir -p target/reports; echo \""
                + content.replace("\"", "\\\"")
                + "\" > target/reports/a.xml";
    }

    @Test
    void passesWithACleanReportAndACleanExit() throws IOException {
        GateResult result = test(write(PASSING));

        assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.PASS);
        assertThat(result.tests()).contains(new TestCounts(2, 0, 0, 0));
        assertThat(result.reports()).hasSize(1);
        assertThat(result.reports().getFirst().name()).isEqualTo("target/reports/a.xml");
        assertThat(result.reports().getFirst().hash())
                .isEqualTo(ContentHash.of((PASSING + "\n").getBytes(UTF_8)));
    }

    @Test
    void failsWithAFailedTestWhateverTheExit() throws IOException {
        GateResult lenient = test(write(FAILING));
        GateResult strict = test(write(FAILING) + "; exit 1");

        assertThat(List.of(lenient.outcome(), strict.outcome())).containsOnly(Outcome.FAIL);
        assertThat(strict.findings()).containsExactly("B.b");
    }

    @Test
    void failsWithABadExitWhateverTheReport() throws IOException {
        GateResult result = test(write(PASSING) + "; echo broke >&2; exit 3");

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.why()).contains("ended with 3");
        assertThat(result.output()).contains("broke");
    }

    @Test
    void aReportOfTheCommitIsNotReadUnlessItIsWrittenAgain() throws IOException {
        Path old = checkout.resolve("target/reports/a.xml");
        Files.createDirectories(old.getParent());
        Files.writeString(old, PASSING);

        GateResult untouched = test("true");
        GateResult again = test(write(PASSING));

        assertThat(untouched.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(untouched.why()).contains("no report was written");
        assertThat(again.outcome()).as(again.why()).isEqualTo(Outcome.PASS);
    }

    @Test
    void withoutReportsTestsAndSecurityAreNotProved() throws IOException {
        assertThat(run(GateId.TEST, List.of(), "true").outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(run(GateId.SECURITY, List.of(), "true").outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(run(GateId.MONITORING, List.of(), "true").outcome()).isEqualTo(Outcome.PASS);
        assertThat(run(GateId.MONITORING, List.of(), "false").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void zeroTestsAndOnlySkippedTestsAreNoPass() throws IOException {
        assertThat(test(write("<testsuite tests='0'/>")).outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(
                        test(write(
                                        "<testsuite><testcase"
                                                + " name='a'><skipped/></testcase></testsuite>"))
                                .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void anEmptySuiteBesideAFullOneDoesNoHarmAndABrokenOneDoes() throws IOException {
        String more = "; echo '%s' > target/reports/b.xml";

        assertThat(test(write(PASSING) + more.formatted("<testsuite tests=\"0\"/>")).outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(test(write(PASSING) + more.formatted("<testsuite")).outcome())
                .isEqualTo(Outcome.UNUSABLE);
    }

    @Test
    void aLinkIsNoReport() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside.xml"), PASSING);

        GateResult result =
                test("mkdir -p target/reports; ln -s " + outside + " target/reports/a.xml");

        assertThat(result.outcome()).isEqualTo(Outcome.UNUSABLE);
    }

    @Test
    void aScanDecidesByItsBlockLevel() throws IOException {
        String script = "echo '" + CLEAN.replace("[]}", "[{\"level\":\"%s\"}]}") + "' > out.sarif";

        assertThat(
                        run(GateId.SECURITY, List.of("out.sarif"), script.formatted("warning"))
                                .outcome())
                .isEqualTo(Outcome.PASS);
        GateResult grave = run(GateId.SECURITY, List.of("out.sarif"), script.formatted("error"));
        assertThat(grave.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(grave.proof(new SourceDigest("0".repeat(64)), Strength.OBSERVED, Severity.HIGH))
                .hasValueSatisfying(proof -> assertThat(proof.failedCount()).isEqualTo(1));
    }

    @Test
    void aReportOfTheOtherKindProvesNothing() throws IOException {
        assertThat(run(GateId.TEST, List.of("o"), "echo '" + CLEAN + "' > o").outcome())
                .isEqualTo(Outcome.UNUSABLE);
        assertThat(run(GateId.SECURITY, List.of("o"), "echo \"" + PASSING + "\" > o").outcome())
                .isEqualTo(Outcome.UNUSABLE);
    }

    @Test
    void whatIsNotDoneInTimeProvesNothing() throws IOException {
        GateResult result =
                runner.run(
                        gate(
                                GateId.TEST,
                                List.of("x.xml"),
                                "echo \"" + PASSING + "\" > x.xml; sleep 60",
                                1),
                        checkout,
                        new Redactor(List.of()),
                        () -> false);

        assertThat(result.outcome()).isEqualTo(Outcome.UNUSABLE);
        assertThat(result.proof(new SourceDigest("0".repeat(64)), Strength.OBSERVED, Severity.HIGH))
                .isEmpty();
    }

    @Test
    void reportsThatWereHandedInAreReadAlike() {
        GateSettings settings = gate(GateId.TEST, List.of(), "true", 1);

        assertThat(
                        GateRunner.read(
                                        settings,
                                        List.of(ReportFile.of("a", PASSING.getBytes(UTF_8))))
                                .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(
                        GateRunner.read(
                                        settings,
                                        List.of(ReportFile.of("a", FAILING.getBytes(UTF_8))))
                                .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(GateRunner.read(settings, List.of()).outcome()).isEqualTo(Outcome.UNUSABLE);
    }

    @Test
    void patternsThatLeaveTheCheckoutAreNoSettings() {
        for (String pattern : List.of("../x.xml", "a/../b", "", "a//b")) {
            assertThatThrownBy(() -> gate(GateId.TEST, List.of(pattern), "true", 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aProofHoldsOnlyForItsSourcesStrongEnoughAndCounted() {
        SourceDigest of = new SourceDigest("1".repeat(64));
        SourceDigest other = new SourceDigest("2".repeat(64));
        GateProof proof = new GateProof(GateId.TEST, of, Strength.OBSERVED, true, 3, 0, "3 passed");

        assertThat(proof.holdsFor(of, Strength.OBSERVED)).isTrue();
        assertThat(proof.holdsFor(of, Strength.PRESENTED)).isTrue();
        assertThat(proof.holdsFor(of, Strength.ATTESTED)).isFalse();
        assertThat(proof.holdsFor(other, Strength.OBSERVED)).isFalse();
        assertThat(
                        List.of(
                                new GateProof(
                                        GateId.TEST, of, Strength.ATTESTED, true, 0, 0, "zero"),
                                new GateProof(
                                        GateId.TEST, of, Strength.ATTESTED, true, 3, 1, "one"),
                                new GateProof(
                                        GateId.TEST, of, Strength.ATTESTED, false, 3, 0, "no"),
                                new GateProof(
                                        GateId.SECURITY, of, Strength.ATTESTED, true, 0, 2, "two")))
                .noneMatch(bad -> bad.holdsFor(of, Strength.PRESENTED));
        assertThat(
                        new GateProof(GateId.SECURITY, of, Strength.OBSERVED, true, 0, 0, "clean")
                                .holdsFor(of, Strength.OBSERVED))
                .isTrue();
    }
}
