package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.cli.ClientsPage;
import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clients that others wrote work whole shifts to staging, over stdio and over HTTP. */
class ForeignShiftTest {
    @TempDir Path folder;
    private Optional<ClientHouse> made = Optional.empty();

    @BeforeEach
    void proveWhatIsToBeShipped() throws Exception {
        made = Optional.of(ClientHouse.in(folder));
        for (String persona : List.of("test", "security")) {
            try (var client = StdioClient.start(house().shop(), "--persona", persona)) {
                client.follow("Please " + persona + " 1.0.0");
            }
        }
    }

    @AfterEach
    void close() {
        made.ifPresent(ClientHouse::close);
    }

    private ClientHouse house() {
        return made.orElseThrow();
    }

    /** What the world shows afterwards: the service, the ledger, and a journal that holds. */
    private void shipped(String who, List<String> tools) throws Exception {
        System.out.println(who + ": " + tools.size() + " calls " + tools);
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + house().shop().port() + "/"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("Welcome");
        }
        assertThat(house().shop().read("DEPLOYMENT_RUNBOOK.md")).contains("1.0.0", "staging");
        var log = JournalReader.open(house().shop().state());
        assertThat(log.verify().isVerified()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"legacy, stdio", "legacy, http", "modern, stdio", "modern, http"})
    void theJavaSdk(String era, String transport) throws Exception {
        if (transport.equals("stdio")) {
            try (var sdk = JavaSdk.start(era, transport, inThisProject())) {
                assertThat(sdk.tools()).contains("plan_deploy").doesNotContain("record_proof");
                shipped("Java SDK, " + era + ", stdio", ForeignShift.work(sdk, false));
            }
            return;
        }
        try (var served = ServedShop.start(house().shop());
                var sdk =
                        JavaSdk.start(
                                era, transport, List.of(served.mcp().toString(), served.token()))) {
            assertThat(sdk.tools()).contains("plan_deploy").doesNotContain("record_proof");
            shipped("Java SDK, " + era + ", HTTP", ForeignShift.work(sdk, false));
        }
    }

    private List<String> inThisProject() {
        var words = new ArrayList<>(house().server());
        words.addAll(List.of("--root", house().shop().root().toString()));
        return words;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdio", "http"})
    @EnabledIfSystemProperty(named = RealClient.OPTION, matches = "all")
    void codexWithItsOwnClient(String transport) throws Exception {
        Optional<Path> codex = RealClient.CODEX.install();
        assumeTrue(codex.isPresent(), "there is no npm");
        RealClient.CODEX.trust(house());
        if (transport.equals("stdio")) {
            house().init("codex");
            shipped("Codex, stdio", codex(codex.orElseThrow(), Map.of()));
            return;
        }
        try (var served = ServedShop.start(house().shop())) {
            house().write(
                            house().shop().root().resolve(ClientsPage.file("codex")),
                            ClientsPage.http("codex", served.mcp().toString()));
            shipped(
                    "Codex, HTTP",
                    codex(codex.orElseThrow(), Map.of("WHARF_TOKEN", served.token())));
        }
    }

    private List<String> codex(Path program, Map<String, String> more) throws Exception {
        try (var codex = CodexServer.start(house(), program.toString(), more)) {
            assertThat(codex.startup()).isEqualTo("ready");
            return ForeignShift.work(codex::call, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdio", "http"})
    @EnabledIfSystemProperty(named = RealClient.OPTION, matches = "all")
    void claudeCodeWithAModelThatOnlyDoesWhatIsNext(String transport) throws Exception {
        Optional<Path> claude = RealClient.CLAUDE.install();
        assumeTrue(claude.isPresent(), "there is no npm");
        RealClient.CLAUDE.trust(house());
        if (transport.equals("stdio")) {
            house().init("claude-code");
            claude(claude.orElseThrow(), transport, "");
            return;
        }
        try (var served = ServedShop.start(house().shop())) {
            house().write(
                            house().shop().root().resolve(ClientsPage.file("claude-code")),
                            ClientsPage.http("claude-code", served.mcp().toString()));
            claude(claude.orElseThrow(), transport, served.token());
        }
    }

    private void claude(Path program, String transport, String token) throws Exception {
        try (var model = ScriptedModel.start()) {
            String said =
                    house().run(
                                    Map.of(
                                            "ANTHROPIC_BASE_URL",
                                            model.url(),
                                            "ANTHROPIC_API_KEY",
                                            "of-nobody",
                                            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                                            "1",
                                            "WHARF_TOKEN",
                                            token),
                                    List.of(
                                            program.toString(),
                                            "-p",
                                            "Ship 1.0.0",
                                            "--allowedTools",
                                            "mcp__wharfinger"));
            assertThat(model.offered())
                    .as(said)
                    .contains("mcp__wharfinger__plan_deploy")
                    .doesNotContain("mcp__wharfinger__record_proof");
            assertThat(model.lastResult().toString()).contains("shipped-staging");
            shipped("Claude Code, " + transport, model.called());
            assertThat(model.called()).contains("plan_deploy", "deploy").endsWith("write_handoff");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = RealClient.OPTION, matches = "all")
    void geminiWhoseModelIsShownTheTextAlone() throws Exception {
        Optional<Path> gemini = RealClient.GEMINI.install();
        assumeTrue(gemini.isPresent(), "there is no npm");
        RealClient.GEMINI.trust(house());
        house().write(
                        house().home().resolve(".gemini/settings.json"),
                        "{\"security\": {\"auth\": {\"selectedType\": \"gemini-api-key\"}}}");
        house().init("gemini");
        try (var model = GeminiModel.start()) {
            String said =
                    house().run(
                                    Map.of(
                                            "GOOGLE_GEMINI_BASE_URL",
                                            model.url(),
                                            "GEMINI_API_KEY",
                                            "of-nobody"),
                                    List.of(
                                            gemini.orElseThrow().toString(),
                                            "-p",
                                            "Ship 1.0.0",
                                            "-m",
                                            "gemini-2.5-pro",
                                            "--approval-mode",
                                            "yolo"));
            assertThat(model.called()).as(said + model.shown()).endsWith("write_handoff");
            assertThat(model.shown().getLast()).contains("shipped-staging");
            shipped("Gemini CLI, stdio", model.called());
        }
    }

    @ParameterizedTest
    @CsvSource({"legacy, stdio", "legacy, http", "modern, stdio", "modern, http"})
    @EnabledIfSystemProperty(named = RealClient.OPTION, matches = "all")
    void inspectorWhoseEveryCallIsAProcess(String era, String transport) throws Exception {
        Optional<Path> npm = Inspector.install();
        assumeTrue(npm.isPresent(), "there is no npm");
        if (transport.equals("stdio")) {
            var way = new ArrayList<>(List.of("--"));
            way.addAll(house().server());
            inspect(new Inspector(house(), npm.orElseThrow(), era, way), transport);
            return;
        }
        try (var served = ServedShop.start(house().shop())) {
            var way =
                    List.of(
                            "--transport",
                            "http",
                            "--server-url",
                            served.mcp().toString(),
                            "--header",
                            "Authorization: Bearer " + served.token(),
                            "--stored-auth-only");
            inspect(new Inspector(house(), npm.orElseThrow(), era, way), transport);
        }
    }

    private void inspect(Inspector inspector, String transport) throws Exception {
        assertThat(inspector.said("tools/list").toString())
                .contains("plan_deploy")
                .doesNotContain("record_proof");
        shipped(
                "Inspector, " + inspector.era() + ", " + transport,
                ForeignShift.work(inspector, true));
    }
}
