package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The clients that people use log in by themselves: they are given an address and nothing else,
 * find the authorization server, register there, and open a page on which a person says yes. Both
 * are hundreds of megabytes, so they are fetched and run when asked: {@code -Dwharf.logins=true}.
 */
class ClientLoginTest {
    @TempDir Path folder;
    private Path home = Path.of("");
    private Path page = Path.of("");
    private Path npm = Path.of("");

    @BeforeEach
    void fetch() throws Exception {
        assumeTrue(Boolean.getBoolean("wharf.logins"), "run with -Dwharf.logins=true");
        Optional<Path> packages =
                Npm.with("logins", "@openai/codex@0.171.0", "@anthropic-ai/claude-code@2.1.197");
        assumeTrue(packages.isPresent(), "there is no npm");
        npm = packages.get();
        home = Files.createDirectory(folder.resolve("home"));
        page = folder.resolve("page");
        Path browser = folder.resolve("browser.sh");
        Files.writeString(
                browser,
                "#!/bin/sh\nprintf %%s \"$1\" > '%s.new' && mv '%s.new' '%s'\n"
                        .formatted(page, page, page));
        assertThat(browser.toFile().setExecutable(true)).isTrue();
    }

    private ProcessBuilder client(String... words) {
        Path bin = npm.resolve("node_modules/.bin");
        String program = words[0];
        if (Files.exists(bin.resolve(program))) {
            words[0] = bin.resolve(program).toString();
        }
        var client = new ProcessBuilder(words).directory(home.toFile());
        client.redirectErrorStream(true);
        var environment = client.environment();
        environment.put("HOME", home.toString());
        environment.put("CODEX_HOME", home.toString());
        environment.put("BROWSER", folder.resolve("browser.sh").toString());
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.merge("PATH", "", (path, _) -> bin + ":" + path);
        return client;
    }

    /** What it said, when it has ended by itself. */
    private static String said(Process process, String input) throws Exception {
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return end(process);
    }

    private static String end(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
        return said;
    }

    /** The address that it opened in the browser. */
    private URI opened(Process login) throws Exception {
        long begun = System.nanoTime();
        while (!Files.exists(page)) {
            assertThat(login.isAlive()).as("the client ended before it opened a page").isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofMinutes(1));
            Thread.sleep(50);
        }
        return URI.create(Files.readString(page));
    }

    private interface Steps {
        void with(AuthorizationServer issuer, String here) throws Exception;
    }

    private void served(Steps steps) throws Exception {
        int port = AuthorizationServer.freePort();
        String here = "http://127.0.0.1:" + port + "/mcp";
        Optional<AuthorizationServer> started = AuthorizationServer.start(here);
        assumeTrue(started.isPresent(), "there is no npm, so no authorization server");
        Path project = Files.createDirectory(folder.resolve("project"));
        try (AuthorizationServer issuer = started.orElseThrow();
                var shop =
                        ApprovedShop.serving(
                                project,
                                "url: \"http://127.0.0.1:%d\", oauth: { issuer: \"%s\" }"
                                        .formatted(port, issuer.issuer()));
                var _ = ServedShop.start(shop.project(), port, ProcessBuilder.Redirect.INHERIT)) {
            steps.with(issuer, here);
        }
    }

    private void agrees(AuthorizationServer issuer, Process login) throws Exception {
        URI asked = opened(login);
        assertThat(asked.getQuery())
                .contains("scope=persona:deploy", "resource=http://127.0.0.1:", "code_challenge=");
        assertThat(issuer.logIn(asked, "anna")).startsWith("200 ");
    }

    @Test
    void codexLogsInAndSeesTheToolsOfItsPersona() throws Exception {
        served((issuer, here) -> {
            Files.writeString(
                    home.resolve("config.toml"), // `mcp add` would log in at once
                    "[mcp_servers.wharf]\nurl = \"" + here + "\"\n");
            assertThat(codexTools()).as("before").doesNotContain("plan_deploy");
            Process login = client("codex", "mcp", "login", "wharf").start();
            agrees(issuer, login);
            assertThat(end(login)).contains("Successfully logged in to MCP server 'wharf'");
            assertThat(codexTools()).contains("plan_deploy").doesNotContain("record_proof");
        });
    }

    /** What its own server of applications says of the MCP servers that it knows. */
    private String codexTools() throws Exception {
        Process codex =
                client("codex", "app-server")
                        .redirectErrorStream(false)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var in = codex.inputReader();
                var out = codex.outputWriter()) {
            var said = new ArrayList<String>();
            for (String message :
                    List.of(
                            "\"id\":1,\"method\":\"initialize\",\"params\":{\"clientInfo\":"
                                    + "{\"name\":\"t\",\"version\":\"1\"}}",
                            "\"method\":\"initialized\"",
                            "\"id\":2,\"method\":\"mcpServerStatus/list\",\"params\":{}")) {
                out.write("{\"jsonrpc\":\"2.0\"," + message + "}\n");
            }
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
                if (line.startsWith("{\"id\":2,")) {
                    return line;
                }
            }
            throw new IOException("no answer: " + said);
        } finally {
            codex.destroy();
        }
    }

    /** It logs in on terminals only, so it is given one. */
    @Test
    void claudeLogsInAndIsConnected() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/script")), "there is no script(1)");
        Path install = npm.resolve("node_modules/@anthropic-ai/claude-code/install.cjs");
        end(client("node", install.toString()).start());
        served((issuer, here) -> {
            said(client("claude", "mcp", "add", "--transport", "http", "wharf", here).start(), "");
            assertThat(said(client("claude", "mcp", "list").start(), ""))
                    .as("before")
                    .contains("Needs authentication");
            Process login =
                    client("script", "-qefc", "claude mcp login wharf", "/dev/null").start();
            agrees(issuer, login);
            assertThat(end(login)).contains("Authenticated with \"wharf\"");
            assertThat(said(client("claude", "mcp", "list").start(), "")).contains("Connected");
        });
    }
}
