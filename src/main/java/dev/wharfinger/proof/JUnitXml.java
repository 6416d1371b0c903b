package dev.wharfinger.proof;

import dev.wharfinger.rule.Verdict;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads test reports in the JUnit XML family: Surefire, Gradle, jest-junit, pytest, PHPUnit,
 * GoogleTest, the runner of Node. The format has no standard; what all share is {@code testsuites},
 * {@code testsuite} and {@code testcase} with {@code failure}, {@code error}, {@code skipped}.
 *
 * <p>Counts come from the cases. Where a sum in the report says otherwise, the report is unusable:
 * somebody or something wrote only half of it. A document type is refused, so that no entity is
 * ever expanded or fetched.
 */
public final class JUnitXml {
    /** The longest report that is read, in bytes. */
    public static final int LIMIT_BYTES = 16 * 1024 * 1024;

    private static final int DEPTH = 64;

    private JUnitXml() {}

    /** The report, or {@code proof.unusable}: zero tests are no proof. */
    public static Verdict<TestReport> read(String file, byte[] xml) {
        return readPart(file, xml)
                .then(report ->
                        report.counts().total() > 0
                                ? Verdict.granted(report)
                                : Verdict.refused(
                                        Unusable.refusal(file, "it holds no test case", 0)));
    }

    /** One of several reports: it may be empty if another is not. */
    static Verdict<TestReport> readPart(String file, byte[] xml) {
        try {
            return Verdict.granted(parse(xml));
        } catch (Unusable unusable) {
            return Verdict.refused(unusable.in(file));
        }
    }

    private static TestReport parse(byte[] xml) throws Unusable {
        if (xml.length > LIMIT_BYTES) {
            throw new Unusable("it is longer than " + LIMIT_BYTES + " bytes");
        }
        try {
            XMLStreamReader reader = XmlText.open(xml);
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
            throw new Unusable("it is no well-formed XML (line " + line + ")", line);
        }
    }

    private static TestReport read(XMLStreamReader reader) throws XMLStreamException, Unusable {
        SuiteReader suites = new SuiteReader();
        int depth = 0;
        while (reader.hasNext()) {
            int line = reader.getLocation().getLineNumber();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEPTH) {
                        throw new Unusable("it is nested deeper than " + DEPTH, line);
                    }
                    suites.start(reader, line);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    suites.end(reader.getLocalName());
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Unusable("it declares a document type or entities", line);
                default -> {
                    // Text, comments and processing instructions count nothing.
                }
            }
        }
        return suites.report();
    }
}
