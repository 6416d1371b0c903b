package dev.wharfinger.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The product keeps the tables of docs/architecture.md, and each rule bites when it is broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final Path PAGE = Path.of("docs/architecture.md");

    private House house;
    private JavaClasses product;

    @BeforeAll
    void read() throws IOException, URISyntaxException {
        house = House.read(Files.readString(PAGE));
        var home = RuleId.class.getProtectionDomain().getCodeSource().getLocation();
        product = new ClassFileImporter().importPath(Path.of(home.toURI()));
    }

    List<HouseRule> rules() throws IOException {
        return new HouseRules(House.read(Files.readString(PAGE))).all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeeps(HouseRule rule) {
        List<String> breaches = rule.breaches(product);
        assertThat(breaches.isEmpty()).withFailMessage(() -> rule.report(breaches)).isTrue();
    }

    @Test
    void everyPackageOfTheProductIsRead() {
        assertThat(product.stream().map(each -> House.packageOf(each.getName())))
                .contains("rule", "journal", "cli");
    }

    @Test
    void anArrowUpwardsIsFoundAndItsRowIsShown(@TempDir Path folder) throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        "package dev.wharfinger.cli; public class Config {}",
                        """
                        package dev.wharfinger.rule;
                        public class Upwards { dev.wharfinger.cli.Config config; }
                        """,
                        """
                        package dev.wharfinger.cli;
                        public class Downwards { dev.wharfinger.rule.Upwards fine; }
                        """);
        assertThat(reportOf("A package uses only", planted))
                .contains("Upwards", "`rule` may use [], not `cli`", "Instead: move the code")
                .doesNotContain("Downwards");
    }

    @Test
    void aPackageBesideItInTheTableIsNoExcuse(@TempDir Path folder) throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        "package dev.wharfinger.proof; public class Report {}",
                        """
                        package dev.wharfinger.deploy;
                        public class Sideways { void run(dev.wharfinger.proof.Report report) {} }
                        """);
        assertThat(reportOf("A package uses only", planted)).contains("not `proof`");
    }

    @ParameterizedTest
    @CsvSource({
        "persona, org.commonmark.node.Node, commonmark",
        "persona, org.snakeyaml.engine.v2.api.Load, YAML",
        "deploy, org.eclipse.jgit.lib.Repository, JGit",
        "policy, java.lang.foreign.Arena, FFM",
        "ledger, tools.jackson.databind.JsonNode, Jackson",
        "shift, tools.jackson.dataformat.toml.TomlMapper, TOML",
        "markdown, javax.xml.stream.XMLStreamReader, StAX",
        "mcp, io.undertow.Undertow, Undertow",
        "tool, com.networknt.schema.SchemaRegistry, json-schema",
        "server, picocli.CommandLine, picocli",
        "journal, java.net.http.HttpClient, HTTP",
        "ledger, java.nio.file.Files, files",
        "proof, java.io.FileInputStream, files",
        "deploy, java.lang.ProcessBuilder, processes",
    })
    void aLibraryOutsideItsPackageIsFound(
            String home, String type, String word, @TempDir Path folder) throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        "package dev.wharfinger.%s; public class Stray { %s used; }"
                                .formatted(home, type));
        assertThat(reportOf("An outside library", planted))
                .contains(word + " belongs to " + house.homesOf(word), "Instead: ");
    }

    @Test
    void aLibraryThatNobodyListedIsFoundAndTheOwnersOfTheOthersAreLeftAlone(@TempDir Path folder)
            throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        """
                        package dev.wharfinger.cli;
                        public class Unlisted { com.google.common.base.Splitter splitter; }
                        """,
                        """
                        package dev.wharfinger.workspace;
                        public class Owner { org.eclipse.jgit.lib.Repository repository; }
                        """);
        assertThat(reportOf("An outside library", planted))
                .contains("does not know", "Splitter")
                .doesNotContain("Owner");
    }

    @Test
    void aProcessStartedOutsideCommandIsFound(@TempDir Path folder) throws IOException {
        String body =
                """
                package dev.wharfinger.%s;
                public class Start%s {
                    void run() throws java.io.IOException {
                        new ProcessBuilder("true").start();
                        Runtime.getRuntime().exec(new String[] {"true"});
                    }
                }
                """;
        var planted =
                Planted.compiled(
                        folder, body.formatted("deploy", "Bad"), body.formatted("command", "Good"));
        assertThat(reportOf("Processes are started", planted))
                .contains("StartBad", "Runtime.exec", "CommandRunner")
                .doesNotContain("StartGood");
    }

    @Test
    void aGrantMadeOutsidePolicyIsFound(@TempDir Path folder) throws IOException {
        String maker =
                """
                package dev.wharfinger.%s;
                public class %s {
                    Object make() { return new dev.wharfinger.workspace.TestGrant("a"); }
                    java.util.function.Function<String, Object> f =
                            dev.wharfinger.workspace.TestGrant::new;
                }
                """;
        var planted =
                Planted.compiled(
                        folder,
                        "package dev.wharfinger.workspace; public record TestGrant(String path) {}",
                        maker.formatted("tool", "Thief"),
                        maker.formatted("policy", "Judge"));
        assertThat(reportOf("A grant is made only", planted))
                .contains("Thief.make()", "Thief.<init>", "ask policy")
                .doesNotContain("Judge");
    }

    @Test
    void theTimeAskedOfTheSystemIsFound(@TempDir Path folder) throws IOException {
        String body =
                """
                package dev.wharfinger.%s;
                public class %s {
                    Object a() { return java.time.Instant.now(); }
                    Object b() { return java.time.Clock.systemUTC(); }
                    long c() { return System.currentTimeMillis(); }
                    java.util.function.Supplier<java.time.LocalDate> d = java.time.LocalDate::now;
                    Object fine(java.time.Clock clock) { return java.time.Instant.now(clock); }
                    long alsoFine() { return System.nanoTime(); }
                }
                """;
        var planted =
                Planted.compiled(
                        folder, body.formatted("policy", "Late"), body.formatted("cli", "Wiring"));
        assertThat(reportOf("Time comes in", planted))
                .contains("Late.a()", "Late.b()", "Late.c()", "LocalDate.now", "InstantSource")
                .doesNotContain("fine(", "alsoFine", "Wiring");
    }

    @Test
    void printingIsFound(@TempDir Path folder) throws IOException {
        String body =
                """
                package dev.wharfinger.%s;
                public class %s {
                    void out() { System.out.println(); }
                    void trace(Exception e) { e.printStackTrace(); }
                }
                """;
        var planted =
                Planted.compiled(
                        folder, body.formatted("mcp", "Loud"), body.formatted("server", "Voice"));
        assertThat(reportOf("Only `cli` and `server` print", planted))
                .contains("Loud.out()", "Loud.trace(", "stdout belongs")
                .doesNotContain("Voice");
    }

    @Test
    void namesAfterNothingAndHomelessClassesAreFound(@TempDir Path folder) throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        "package dev.wharfinger.util; public class Strings {}",
                        "package dev.wharfinger.persona; public class LaneManager {}",
                        "package dev.wharfinger.persona; public class Lane { class ReachImpl {} }",
                        "package dev.wharfinger.tool.deep; public class Tool {}",
                        "package dev.wharfinger; public class Second {}");
        assertThat(reportOf("No package or class", planted))
                .contains("util.Strings", "LaneManager", "Lane$ReachImpl")
                .doesNotContain("persona.Lane\n");
        assertThat(reportOf("Every package stands", planted))
                .contains("util.Strings", "tool.deep.Tool", "dev.wharfinger.Second")
                .doesNotContain("LaneManager");
    }

    @Test
    void aStaticThatChangesIsFound(@TempDir Path folder) throws IOException {
        var planted =
                Planted.compiled(
                        folder,
                        """
                        package dev.wharfinger.shift;
                        public class Counter { static int count; static final int LIMIT = 3; }
                        """);
        assertThat(reportOf("No static field", planted))
                .contains("Counter.count")
                .doesNotContain("LIMIT");
    }

    @Test
    void aTableWithAnArrowUpwardsIsNoTable() {
        String page =
                """
                ## Packages
                | L | package | one line | may use | outside library |
                |---|---|---|---|---|
                | 0 | `rule` | no | cli | – |
                | 1 | `cli` | commands | rule | – |

                ## Outside libraries
                | word | means |
                |---|---|
                | files | `java.nio.file.Files` |
                """;
        assertThatThrownBy(() -> House.read(page))
                .hasMessageContaining("row `rule`: `cli` is not in a row above it");
        assertThatThrownBy(() -> House.read(page.replace("no | cli | –", "no | – | JDBC")))
                .hasMessageContaining("`JDBC` is missing");
    }

    private String reportOf(String ruleStartingWith, JavaClasses classes) {
        HouseRule rule =
                new HouseRules(house)
                        .all().stream()
                                .filter(each -> each.name().startsWith(ruleStartingWith))
                                .findFirst()
                                .orElseThrow();
        List<String> breaches = rule.breaches(classes);
        assertThat(breaches).as("what %s finds", rule).isNotEmpty();
        return rule.report(breaches);
    }
}
