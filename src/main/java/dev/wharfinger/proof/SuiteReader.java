package dev.wharfinger.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.xml.stream.XMLStreamReader;

/** Counts the cases of a JUnit report while it is read, and holds each suite to its own sums. */
final class SuiteReader {
    private static final Set<String> BAD = Set.of("failed", "failure", "fail", "error", "broken");
    private static final Set<String> NOT_RUN =
            Set.of("skipped", "notrun", "disabled", "ignored", "pending", "todo");
    private static final Set<String> SKIPPED_SUMS =
            Set.of("skipped", "skip", "disabled", "ignored");

    private final Deque<Suite> open = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private TestCounts counts = TestCounts.NONE;
    private boolean rootSeen;
    private int foreignDepth;
    private Case current = Case.NONE;

    /** What a case is so far. Error is stronger than failure, both stronger than skipped. */
    private record Case(boolean open, String name, boolean failed, boolean error, boolean skipped) {
        static final Case NONE = new Case(false, "", false, false, false);

        Case with(String mark) {
            return switch (mark) {
                case "failure" -> new Case(open, name, true, error, skipped);
                case "error" -> new Case(open, name, failed, true, skipped);
                case "skipped" -> new Case(open, name, failed, error, true);
                default -> this;
            };
        }
    }

    void start(XMLStreamReader reader, int line) throws Unusable {
        String name = reader.getLocalName();
        boolean suite = name.equals("testsuite") || name.equals("testsuites");
        if (!rootSeen && !suite) {
            throw new Unusable("its root is `" + Shown.text(name) + "`, not a test suite", line);
        }
        rootSeen = true;
        if (foreignDepth > 0) {
            foreignDepth++;
        } else if (current.open()) {
            if (suite || name.equals("testcase")) {
                throw new Unusable("a `" + name + "` stands inside a test case", line);
            }
            current = current.with(name);
            foreignDepth = 1;
        } else if (suite) {
            open.push(Suite.of(reader, line));
        } else if (name.equals("testcase")) {
            current = begun(reader);
        } else {
            // Properties, output: whatever it holds is no result.
            foreignDepth = 1;
        }
    }

    void end(String name) throws Unusable {
        if (foreignDepth > 0) {
            foreignDepth--;
        } else if (name.equals("testcase")) {
            close(current);
            current = Case.NONE;
        } else {
            Suite suite = open.pop();
            suite.check();
            if (!open.isEmpty()) {
                open.peek().addInner(suite);
            }
        }
    }

    TestReport report() throws Unusable {
        if (!rootSeen) {
            throw new Unusable("it is empty");
        }
        return new TestReport(counts, failures);
    }

    private static Case begun(XMLStreamReader reader) {
        String className = attribute(reader, "classname");
        String name = attribute(reader, "name");
        String shown = Shown.text(className.isEmpty() ? name : className + "." + name);
        boolean bad = false;
        boolean notRun = false;
        for (String attribute : List.of("status", "result")) {
            String said = attribute(reader, attribute).toLowerCase(Locale.ROOT);
            bad |= BAD.contains(said);
            notRun |= NOT_RUN.contains(said);
        }
        return new Case(true, shown, bad, false, notRun);
    }

    private void close(Case ended) {
        TestCounts one;
        if (ended.error()) {
            one = new TestCounts(0, 0, 1, 0);
        } else if (ended.failed()) {
            one = new TestCounts(0, 1, 0, 0);
        } else if (ended.skipped()) {
            one = new TestCounts(0, 0, 0, 1);
        } else {
            one = new TestCounts(1, 0, 0, 0);
        }
        if (one.failed() + one.errors() > 0 && failures.size() < TestReport.NAMES) {
            failures.add(ended.name());
        }
        counts = counts.plus(one);
        open.peek().addCase(one);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** One suite: what its attributes claim, and what its cases are. */
    private static final class Suite {
        private final String name;
        private final int line;
        private final int tests;
        private final int bad;
        private final int skipped;
        private TestCounts direct = TestCounts.NONE;
        private TestCounts inner = TestCounts.NONE;

        /** The suites right below, each as one test. */
        private TestCounts children = TestCounts.NONE;

        /** A sum that the report does not give. */
        private static final int UNSAID = -1;

        private Suite(String name, int line, int tests, int bad, int skipped) {
            this.name = name;
            this.line = line;
            this.tests = tests;
            this.bad = bad;
            this.skipped = skipped;
        }

        static Suite of(XMLStreamReader reader, int line) throws Unusable {
            int failures = sum(reader, "failures", line);
            int errors = sum(reader, "errors", line);
            int bad =
                    failures == UNSAID && errors == UNSAID
                            ? UNSAID
                            : Math.max(0, failures) + Math.max(0, errors);
            int skipped = UNSAID;
            for (String attribute : SKIPPED_SUMS) {
                int said = sum(reader, attribute, line);
                skipped = said == UNSAID ? skipped : Math.max(0, skipped) + said;
            }
            return new Suite(
                    Shown.text(attribute(reader, "name")),
                    line,
                    sum(reader, "tests", line),
                    bad,
                    skipped);
        }

        void addCase(TestCounts one) {
            direct = direct.plus(one);
        }

        void addInner(Suite suite) {
            TestCounts below = suite.direct.plus(suite.inner);
            inner = inner.plus(below);
            boolean failed = bad(below) > 0;
            children = children.plus(new TestCounts(failed ? 0 : 1, failed ? 1 : 0, 0, 0));
        }

        /**
         * Most writers sum what is below a suite; some its own cases alone; Node's its children, an
         * inner suite being one. Any of the three will do, for each sum.
         */
        void check() throws Unusable {
            TestCounts all = direct.plus(inner);
            TestCounts own = direct.total() > 0 ? direct : all;
            TestCounts near = direct.plus(children);
            if (!countsSubtests(all)) {
                agree("tests", tests, all.total(), own.total(), near.total());
            }
            agree("failures and errors", bad, bad(all), bad(own), bad(near));
            agree("skipped tests", skipped, all.skipped(), own.skipped(), near.skipped());
        }

        /**
         * Since version 9 pytest adds subtests that passed to its sum, without a case of theirs.
         */
        private boolean countsSubtests(TestCounts all) {
            return name.equals("pytest") && all.total() > 0 && tests > all.total();
        }

        private void agree(String what, int said, int all, int own, int near) throws Unusable {
            if (said != UNSAID && said != all && said != own && said != near) {
                throw new Unusable(
                        "suite `%s` claims %d %s, its cases show %d"
                                .formatted(name, said, what, all),
                        line);
            }
        }

        private static int bad(TestCounts counts) {
            return counts.failed() + counts.errors();
        }

        private static int sum(XMLStreamReader reader, String attribute, int line) throws Unusable {
            String text = attribute(reader, attribute).strip();
            if (text.isEmpty()) {
                return UNSAID;
            }
            if (!text.matches("[0-9]{1,9}")) {
                throw new Unusable(
                        "its sum `%s` is `%s`, no number".formatted(attribute, Shown.text(text)),
                        line);
            }
            return Integer.parseInt(text);
        }
    }
}
