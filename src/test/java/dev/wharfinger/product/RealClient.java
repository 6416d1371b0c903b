package dev.wharfinger.product;

import dev.wharfinger.cli.ClientsPage;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.toml.TomlMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client whose program npm has, and how its user trusts a folder and looks at its servers. */
enum RealClient {
    CLAUDE("claude-code", "claude", "@anthropic-ai/claude-code@2.1.330"),
    GEMINI("gemini", "gemini", "@google/gemini-cli@0.61.0"),
    CODEX("codex", "codex", "@openai/codex@0.169.0"),
    OPENCODE("opencode", "opencode", "opencode-ai@1.18.33");

    /**
     * With the value {@code all}, tests run the programs of clients: minutes, and 2 GB from npm.
     */
    static final String OPTION = "wharf.clients";

    /** What {@link #look} says where the client itself is content with the server. */
    static final String CONNECTED = "wharfinger is connected";

    private final String word;
    private final String program;
    private final String npm;

    RealClient(String word, String program, String npm) {
        this.word = word;
        this.program = program;
        this.npm = npm;
    }

    /** Its name for {@code wharf init --client}. */
    String word() {
        return word;
    }

    /** Its program; nothing where there is no npm. */
    Optional<Path> install() throws IOException, InterruptedException {
        return Npm.with(program, npm).map(at -> at.resolve("node_modules/.bin").resolve(program));
    }

    /** Whether it starts no server of a folder that nobody has trusted. */
    boolean asksFirst() {
        return this != OPENCODE;
    }

    /** What the user's yes to this folder leaves behind. */
    void trust(ClientHouse house) throws IOException {
        Path root = house.shop().root();
        Path home = house.home();
        switch (this) {
            case CLAUDE ->
                    house.write(
                            home.resolve(".claude.json"),
                            """
                            {"projects": {"%s": {"hasTrustDialogAccepted": true,
                              "enabledMcpjsonServers": ["wharfinger"]}}}
                            """
                                    .formatted(root));
            case GEMINI ->
                    house.write(
                            home.resolve(".gemini/trustedFolders.json"),
                            "{\"%s\": \"TRUST_FOLDER\"}".formatted(root));
            case CODEX ->
                    house.write(
                            home.resolve(".codex/config.toml"),
                            "[projects.\"%s\"]\ntrust_level = \"trusted\"\n".formatted(root));
            case OPENCODE -> {}
        }
    }

    /** Has it look at its servers: what it says, and {@link #CONNECTED} where it is content. */
    String look(ClientHouse house, String program, Map<String, String> more)
            throws IOException, InterruptedException {
        if (this == CODEX) {
            return lookOfCodex(house, program, more);
        }
        String said = house.run(more, List.of(program, "mcp", "list"));
        boolean well =
                said.lines()
                        .map(line -> line.replaceAll("\\e\\[[0-9;]*m", ""))
                        .anyMatch(this::isContent);
        return said + (well ? "\n" + CONNECTED : "");
    }

    private boolean isContent(String line) {
        return switch (this) {
            case CLAUDE -> line.startsWith("wharfinger: ") && line.endsWith("✔ Connected");
            case GEMINI -> line.startsWith("✓ wharfinger: ") && line.endsWith("Connected");
            default -> line.contains("✓ wharfinger") && line.strip().endsWith("connected");
        };
    }

    private static String lookOfCodex(ClientHouse house, String program, Map<String, String> more)
            throws IOException, InterruptedException {
        String listed = house.run(more, List.of(program, "mcp", "list"));
        if (!listed.contains("wharfinger")) {
            return listed;
        }
        try (var codex = CodexServer.start(house, program, more)) {
            String startup = codex.startup();
            String tools = codex.status().path(0).path("tools").propertyNames().toString();
            boolean well = startup.equals("ready") && tools.contains("plan_deploy");
            return startup + " " + tools + (well ? "\n" + CONNECTED : "");
        }
    }

    /** The file that {@code wharf init} writes for it. */
    Path file(ClientHouse house) {
        return house.shop().root().resolve(ClientsPage.file(word));
    }

    /** The file that its own command writes: Codex knows the user's alone. */
    Path ownFile(ClientHouse house) {
        return this == CODEX ? house.home().resolve(".codex/config.toml") : file(house);
    }

    /** Its own command for a server of this project. */
    List<String> adding(String program, List<String> server) {
        var words = new ArrayList<>(List.of(program, "mcp", "add"));
        if (this != CODEX) {
            words.addAll(List.of("--scope", "project"));
        }
        words.add("wharfinger");
        if (this == GEMINI) {
            words.add(server.getFirst());
            words.add("--");
            words.addAll(server.subList(1, server.size()));
        } else {
            words.add("--");
            words.addAll(server);
        }
        return words;
    }

    /** The server's entry in that file. */
    JsonNode entry(ClientHouse house, Path file) throws IOException {
        ObjectMapper mapper = this == CODEX ? new TomlMapper() : StdioClient.JSON;
        String key = this == CODEX ? "mcp_servers" : "mcpServers";
        return mapper.readTree(Files.readString(file)).path(key).path("wharfinger");
    }
}
