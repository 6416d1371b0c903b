package dev.wharfinger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.rule.Verdict.Granted;
import dev.wharfinger.rule.Verdict.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

class JUnitXmlTest {
    private static final String SUREFIRE = sample("surefire.xml");
    private static final String SUREFIRE_BAD = sample("surefire-failing.xml");
    private static final String GRADLE = sample("gradle.xml");
    private static final String JEST = sample("jest.xml");
    private static final String PYTEST = sample("pytest.xml");
    private static final String PHPUNIT = sample("phpunit.xml");
    private static final String MOCHA = sample("mocha.xml");
    private static final String GTEST = sample("googletest.xml");
    private static final String NODE = sample("node.xml");
    private static final String EMPTY_SUM = "<testsuite tests=''><testcase name='a'/></testsuite>";
    private static final String BY_STATUS =
            "<testsuite><testcase name='a' status='failed'/><testcase name='b'/></testsuite>";

    static Stream<Arguments> readable() {
        return Stream.of(
                Arguments.of("surefire", SUREFIRE, new TestCounts(2, 0, 0, 1)),
                Arguments.of("surefire, bad", SUREFIRE_BAD, new TestCounts(1, 1, 1, 0)),
                Arguments.of("gradle", GRADLE, new TestCounts(2, 0, 0, 0)),
                Arguments.of("jest", JEST, new TestCounts(1, 1, 0, 1)),
                Arguments.of("pytest", PYTEST, new TestCounts(2, 0, 0, 2)),
                Arguments.of(
                        "pytest 9 with subtests",
                        "<testsuites><testsuite name='pytest' errors='0' failures='0' skipped='0'"
                                + " tests='4'><testcase name='a'/></testsuite></testsuites>",
                        new TestCounts(1, 0, 0, 0)),
                Arguments.of(
                        "node, a suite is one test of its parent",
                        "<testsuites><testsuite name='o' tests='2' failures='1' skipped='0'>"
                                + "<testcase name='a'/><testsuite name='i' tests='2' failures='1'"
                                + " skipped='0'><testcase name='b'/><testcase name='c'><failure/>"
                                + "</testcase></testsuite></testsuite></testsuites>",
                        new TestCounts(2, 1, 0, 0)),
                Arguments.of("phpunit, nested", PHPUNIT, new TestCounts(3, 0, 0, 0)),
                Arguments.of("mocha", MOCHA, new TestCounts(2, 0, 0, 0)),
                Arguments.of("googletest", GTEST, new TestCounts(1, 0, 0, 2)),
                Arguments.of("node", NODE, new TestCounts(2, 0, 0, 0)),
                Arguments.of("empty sum", EMPTY_SUM, new TestCounts(1, 0, 0, 0)),
                Arguments.of("failed by status", BY_STATUS, new TestCounts(1, 1, 0, 0)),
                Arguments.of(
                        "without sums",
                        "<testsuite><testcase name='a'/></testsuite>",
                        new TestCounts(1, 0, 0, 0)),
                Arguments.of(
                        "only skipped",
                        "<testsuite tests='1'><testcase name='a'><skipped/></testcase></testsuite>",
                        new TestCounts(0, 0, 0, 1)),
                Arguments.of(
                        "a failing case that is skipped too fails",
                        "<testsuite><testcase name='a'><skipped/><failure/></testcase></testsuite>",
                        new TestCounts(0, 1, 0, 0)),
                Arguments.of(
                        "a case hidden in a property counts nothing",
                        "<testsuite><properties><testcase name='x'/></properties>"
                                + "<testcase name='a'/></testsuite>",
                        new TestCounts(1, 0, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void countsTheCases(String name, String xml, TestCounts counts) {
        assertThat(JUnitXml.read(name, xml.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Granted.class,
                        granted ->
                                assertThat(((TestReport) granted.grant()).counts())
                                        .isEqualTo(counts));
    }

    static Stream<Arguments> unusable() {
        String entity = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e '%s'>]>";
        String bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>";
        String ok = "<testsuite><testcase name='a'/></testsuite>";
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("blank", "  \n"),
                Arguments.of("no xml", "all tests passed"),
                Arguments.of("json", "{\"tests\": 3}"),
                Arguments.of("zero tests", "<testsuite tests='0' failures='0'/>"),
                Arguments.of("suites without cases", "<testsuites><testsuite/></testsuites>"),
                Arguments.of("another root", "<html><testcase name='a'/></html>"),
                Arguments.of("a case as root", "<testcase name='a'/>"),
                Arguments.of("cut off", SUREFIRE.substring(0, SUREFIRE.length() / 2)),
                Arguments.of("end cut off", SUREFIRE.strip().substring(0, SUREFIRE.length() - 15)),
                Arguments.of("more tests claimed", GRADLE.replace("tests=\"2\"", "tests=\"3\"")),
                Arguments.of("fewer tests claimed", GRADLE.replace("tests=\"2\"", "tests=\"1\"")),
                Arguments.of(
                        "a failure claimed that no case has",
                        GRADLE.replace("failures=\"0\"", "failures=\"1\"")),
                Arguments.of(
                        "a failure kept from the sum",
                        SUREFIRE_BAD.replace("failures=\"1\"", "failures=\"0\"")),
                Arguments.of(
                        "an error kept from the sum",
                        SUREFIRE_BAD.replace("errors=\"1\"", "errors=\"0\"")),
                Arguments.of(
                        "skipped tests that no case shows",
                        GRADLE.replace("skipped=\"0\"", "skipped=\"2\"")),
                Arguments.of(
                        "the outer sum alone is wrong",
                        JEST.replaceFirst("failures=\"1\"", "failures=\"0\"")),
                Arguments.of("pytest with fewer claimed", PYTEST.replace("\"4\"", "\"3\"")),
                Arguments.of(
                        "pytest with a failure that no case has",
                        PYTEST.replace("failures=\"0\"", "failures=\"1\"")),
                Arguments.of("a sum that is no number", GRADLE.replace("\"2\"", "\"two\"")),
                Arguments.of("a sum below zero", GRADLE.replace("\"2\"", "\"-2\"")),
                Arguments.of(
                        "a case in a case",
                        "<testsuite><testcase name='a'><testcase"
                                + " name='b'/></testcase></testsuite>"),
                Arguments.of("a document type", "<!DOCTYPE testsuite>" + ok),
                Arguments.of("an entity", entity.formatted("x") + ok.replace("'a'", "'&e;'")),
                Arguments.of(
                        "an outside entity",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                                + "<testsuite><testcase name='a'>&e;</testcase></testsuite>"),
                Arguments.of(
                        "an outside document type",
                        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'>" + ok),
                Arguments.of("a billion laughs", bomb + ok.replace("'a'/>", "'a'>&b;</testcase>")),
                Arguments.of("an unknown entity", ok.replace("'a'/>", "'a'>&nope;</testcase>")),
                Arguments.of("too deep", "<testsuite>".repeat(70) + "</testsuite>".repeat(70)),
                Arguments.of("two roots", ok + ok),
                Arguments.of("a doubled attribute", "<testsuite tests='1' tests='1'/>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    @Timeout(20)
    void provesNothing(String name, String xml) {
        assertThat(JUnitXml.read("report.xml", xml.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            var refusal = ((Refused<?>) refused).refusals().getFirst();
                            assertThat(refusal.rule()).isEqualTo(RuleId.PROOF_UNUSABLE);
                            assertThat(refusal.reason()).contains("report.xml");
                        });
    }

    @Test
    void namesWhatFailedAndShowsItClean() {
        String xml =
                "<testsuite>"
                        + ("<testcase classname='shop.A' name='b&#x202e;&#10;c'>"
                                        + "<failure/></testcase>")
                                .repeat(30)
                        + "</testsuite>";

        TestReport report = granted(JUnitXml.read("x", xml.getBytes(UTF_8)));

        assertThat(report.failures()).hasSize(20).allMatch(name -> name.equals("shop.A.b c"));
        assertThat(report.counts().failed()).isEqualTo(30);
    }

    @Test
    void anotherEncodingThatTheReportDeclaresIsRead() {
        String xml =
                "<?xml version='1.0' encoding='UTF-16'?><testsuite><testcase"
                        + " name='ü'/></testsuite>";

        assertThat(granted(JUnitXml.read("x", xml.getBytes(StandardCharsets.UTF_16))).counts())
                .isEqualTo(new TestCounts(1, 0, 0, 0));
    }

    @Test
    void onlyACountedPassIsAPass() {
        assertThat(new TestCounts(1, 0, 0, 5).isPass()).isTrue();
        assertThat(new TestCounts(0, 0, 0, 5).isPass()).isFalse();
        assertThat(new TestCounts(9, 1, 0, 0).isPass()).isFalse();
        assertThat(new TestCounts(9, 0, 1, 0).isPass()).isFalse();
        assertThat(TestCounts.NONE.isPass()).isFalse();
    }

    @Test
    void noMutationOfAFailingReportMakesItPass() {
        long seed = Long.getLong("wharf.seed", 20261126L);
        Random random = new Random(seed);
        byte[] original = SUREFIRE_BAD.getBytes(UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = original.clone();
            int cuts = 1 + random.nextInt(3);
            for (int i = 0; i < cuts; i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(128);
            }
            Verdict<TestReport> verdict = JUnitXml.read("x", mutated);
            if (verdict instanceof Granted<TestReport>(var report)) {
                assertThat(report.counts().isPass())
                        .as("seed %d round %d: %s", seed, round, new String(mutated, UTF_8))
                        .isFalse();
            }
        }
    }

    private static String sample(String name) {
        try (InputStream in = JUnitXmlTest.class.getResourceAsStream("/proof/junit/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static TestReport granted(Verdict<TestReport> verdict) {
        assertThat(verdict).isInstanceOf(Granted.class);
        return ((Granted<TestReport>) verdict).grant();
    }
}
