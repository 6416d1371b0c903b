package dev.wharfinger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** docs/rules/ explains every rule that can refuse, in the same way, in the program's own words. */
class RulePagesTest {
    private static final Path PAGES = Path.of("docs/rules");
    private static final Path MAIN = Path.of("src/main/java/dev/wharfinger");
    private static final String PROGRAM = wordsOfTheProgram();
    private static final List<String> SECTIONS =
            List.of(
                    "Example",
                    "Why it exists",
                    "What the agent does",
                    "What a person does",
                    "What it never means");
    private static final Pattern USE = Pattern.compile("\\bRuleId\\.([A-Z_]+)\\b");
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "(?m)^REFUSED (?<rule>\\S+) \\(by: (you|human|time|persona:/[a-z-]+)\\): "
                            + "(?<reason>.+?) → (?<remedy>.+?)( \\[\\S+\\])?$");

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsNamedAfterItsRule(String page) throws IOException {
        assertThat(RuleId.of(page)).as("%s.md names a rule", page).isPresent();
        assertThat(text(page)).startsWith("# `" + page + "`\n\n");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasEverySectionOnceAndInOrder(String page) throws IOException {
        List<String> headings =
                text(page)
                        .lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3))
                        .toList();
        assertThat(headings).isEqualTo(SECTIONS);
        for (String part : text(page).split("(?m)^## .*$")) {
            assertThat(part).as("a section of %s", page).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsShort(String page) throws IOException {
        assertThat(text(page).lines()).hasSizeLessThanOrEqualTo(40);
    }

    /** An example that the program no longer says would teach readers what they never meet. */
    @ParameterizedTest
    @MethodSource("pages")
    void theExampleIsARefusalOfTheRuleInTheProgramsWords(String page) throws IOException {
        var example = EXAMPLE.matcher(text(page));
        assertThat(example.find()).as("a refusal stands in %s.md", page).isTrue();
        assertThat(example.group("rule")).isEqualTo(page);
        assertThat(isSaid(example.group("remedy")))
                .as("the remedy stands in the code: %s", example.group("remedy"))
                .isTrue();
    }

    @Test
    void wordsThatTheProgramNeverSaysAreNotFound() {
        assertThat(isSaid("Sing a song to the moon instead.")).isFalse();
    }

    /** {@code persona} names rules to say how a sentence holds; everybody else refuses by them. */
    @Test
    void everyRuleThatCanRefuseHasAPage() throws IOException {
        var used = new TreeSet<String>();
        for (Path file : javaFiles()) {
            Path folder = MAIN.relativize(file).getName(0);
            if (!folder.equals(Path.of("rule")) && !folder.equals(Path.of("persona"))) {
                USE.matcher(Files.readString(file))
                        .results()
                        .forEach(use -> used.add(RuleId.valueOf(use.group(1)).id()));
            }
        }
        assertThat(used).hasSizeGreaterThan(30);
        assertThat(pages()).as("write docs/rules/<rule id>.md").containsAll(used);
    }

    @Test
    void theIndexNamesEveryRuleOnceAndLinksEveryPage() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        List<String> rows =
                index.lines()
                        .filter(line -> line.matches("\\| \\[?`[a-z.-]+`.*"))
                        .map(line -> line.split("`", -1)[1])
                        .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(RuleId.values()).map(RuleId::id).toList());
        for (String page : pages()) {
            assertThat(index).contains("[`" + page + "`](" + page + ".md)");
        }
        assertThat(index.split("\\]\\(", -1)).hasSize(pages().size() + 1);
    }

    private static List<String> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.replaceFirst("\\.md$", ""))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String page) throws IOException {
        return Files.readString(PAGES.resolve(page + ".md"));
    }

    private static List<Path> javaFiles() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The program's text, in which literals that are added up are one. */
    private static String wordsOfTheProgram() {
        try {
            var all = new StringBuilder();
            for (Path file : javaFiles()) {
                all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether three words in a row, free of values, stand in the code. */
    private static boolean isSaid(String remedy) {
        List<String> words = List.of(remedy.split("\\s+"));
        for (int i = 0; i + 3 <= words.size(); i++) {
            String three = String.join(" ", words.subList(i, i + 3));
            if (!three.contains("`") && PROGRAM.contains(three)) {
                return true;
            }
        }
        return false;
    }
}
