package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the first answers of {@code wharf stdio} do not wait for: each of these once cost a client
 * more than the answer itself (docs/decisions/0014).
 */
class FirstAnswerTest {
    /** Names of classes, or how they begin. */
    private static final List<String> SLOW =
            List.of(
                    "java.util.logging.LogManager", // asks every jar for a file of its own
                    "java.lang.runtime.ObjectMethods", // a generated equals or hashCode
                    "tools.jackson.databind.json.JsonMapper", // locales and calendars
                    "org.eclipse.jgit.",
                    "com.networknt.",
                    "com.nimbusds.",
                    "io.undertow.",
                    "picocli.");

    @TempDir Path folder;

    /** The classes that the thread of the first answers has loaded when they are there. */
    private List<String> loaded() throws IOException {
        Path log = folder.resolve("classes");
        ShopProject project = ShopProject.in(folder);
        try (var client = StdioClient.start(project)) {
            client.call("read_plan", StdioClient.JSON.createObjectNode());
        }
        ProcessBuilder again = StdioClient.stdio(project);
        var command = new ArrayList<>(again.command());
        command.add(1, "-Xlog:class+load:file=" + log + ":tid");
        again.command(command);
        try (var client = StdioClient.greeted(again)) {
            client.call("read_plan", StdioClient.JSON.createObjectNode());
            return ofMainThread(Files.readAllLines(log));
        }
    }

    private static List<String> ofMainThread(List<String> lines) {
        String main =
                lines.stream()
                        .filter(line -> line.contains(" dev.wharfinger.Main "))
                        .findFirst()
                        .map(line -> line.substring(0, line.indexOf(']') + 1))
                        .orElseThrow();
        var classes = new ArrayList<String>();
        for (String line : lines) {
            if (line.startsWith(main)) {
                classes.add(line.substring(main.length()).strip().split(" ", 2)[0]);
            }
        }
        return classes;
    }

    @Test
    void theFirstAnswersWaitForNothingThatTakesLongerThanThey() throws IOException {
        List<String> classes = loaded();
        assertThat(classes)
                .as("what was looked at is the way of the first answers")
                .contains("dev.wharfinger.tool.ReadPlan", "dev.wharfinger.mcp.StrictJson");
        Predicate<String> switchOverTypes =
                name -> name.startsWith("dev.wharfinger.") && name.contains("$$TypeSwitch");
        assertThat(classes)
                .noneMatch(switchOverTypes)
                .noneMatch(name -> SLOW.stream().anyMatch(name::startsWith));
    }
}
