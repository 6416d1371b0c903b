package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The clients that most agents are made with, of both eras, work a whole shift to production, over
 * HTTP and over stdio. They are asked to open the page where a person decides, once, and say yes to
 * whatever they are asked: production waits for the person all the same.
 */
class SdkShiftTest {
    private static final String[] PACKAGES = {
        "@modelcontextprotocol/sdk@1.32.2", "@modelcontextprotocol/client@2.4.0"
    };

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void overHttpAClientThatAcceptsEverythingWaitsForAPersonAndThenShips(String era)
            throws Exception {
        try (var shop = ApprovedShop.at(folder, "https://wharf.example.com");
                var served = ServedShop.start(shop.project())) {
            ships(shop, era, List.of("http", served.mcp().toString(), served.token()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void overStdioAClientThatAcceptsEverythingWaitsForAPersonAndThenShips(String era)
            throws Exception {
        try (var shop = ApprovedShop.at(folder, "https://wharf.example.com")) {
            var way = new ArrayList<>(List.of("stdio"));
            way.addAll(StdioClient.stdio(shop.project(), "--persona", "deploy").command());
            ships(shop, era, way);
        }
    }

    private static void ships(ApprovedShop shop, String era, List<String> way) throws Exception {
        Optional<Path> npm = Npm.with("sdk", PACKAGES);
        assumeTrue(npm.isPresent(), "there is no npm");
        Path script = npm.orElseThrow().resolve("shift.mjs");
        Files.copy(
                Path.of("src/test/resources/sdk/shift.mjs"),
                script,
                StandardCopyOption.REPLACE_EXISTING);
        shop.prove();
        var words = new ArrayList<>(List.of("node", script.toString(), era));
        words.addAll(way);
        Process node =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            List<JsonNode> said = talk(node, shop);
            assertThat(said.getFirst().path("tools").toString())
                    .contains("plan_deploy")
                    .doesNotContain("record_proof");
            assertThat(states(said))
                    .containsSubsequence(
                            "done", "waiting_for_approval", "waiting_for_approval", "done");
            JsonNode end = said.get(said.size() - 2).path("content");
            assertThat(end.path("outcome").asString())
                    .as("%s", said)
                    .isEqualTo("shipped-production");
            JsonNode last = said.getLast();
            assertThat(last.path("asked").asInt()).as("%s", last).isEqualTo(1);
            assertThat(last.path("pages").path(0).asString())
                    .startsWith("https://wharf.example.com/approve/p_");
            System.out.printf(
                    "SDK %s over %s: %d calls, asked %s%n",
                    era, way.getFirst(), said.size() - 2, last.path("asked"));
        } finally {
            node.destroyForcibly();
        }
    }

    private static List<String> states(List<JsonNode> said) {
        return said.stream()
                .map(one -> one.path("content").path("state").asString(""))
                .filter(state -> !state.isEmpty())
                .toList();
    }

    /** Lets it try once more without anybody's yes; then Anna says it. */
    private static List<JsonNode> talk(Process node, ApprovedShop shop) throws Exception {
        var said = new ArrayList<JsonNode>();
        var out =
                new BufferedReader(
                        new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        int waits = 0;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            JsonNode one = StdioClient.JSON.readTree(line);
            said.add(one);
            JsonNode content = one.path("content");
            if (content.path("state").asString("").equals("waiting_for_approval")) {
                if (waits++ == 1) {
                    String text =
                            shop.text(content.path("plan").asString(), "approve", "anna").text();
                    assertThat(shop.deliver(text, shop.anna().sign(text))).isEmpty();
                }
                node.getOutputStream().write('\n');
                node.getOutputStream().flush();
            }
        }
        return said;
    }
}
