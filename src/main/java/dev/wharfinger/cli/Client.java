package dev.wharfinger.cli;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A program that starts MCP servers: where it keeps them, and how it writes one down. Nothing here
 * switches a question of the program off; no entry says that a server is to be trusted.
 */
enum Client {
    CLAUDE_CODE("claude-code", "Claude Code", ".mcp.json"),
    CLAUDE_DESKTOP("claude-desktop", "Claude Desktop", ""),
    CURSOR("cursor", "Cursor", ".cursor/mcp.json"),
    VSCODE("vscode", "VS Code", ".vscode/mcp.json"),
    JUNIE("junie", "JetBrains Junie", ".junie/mcp/mcp.json"),
    ZED("zed", "Zed", ""),
    WINDSURF("windsurf", "Windsurf", ""),
    CODEX("codex", "Codex CLI", ".codex/config.toml"),
    GEMINI("gemini", "Gemini CLI", ".gemini/settings.json"),
    OPENCODE("opencode", "opencode", "opencode.json");

    /** The name under which clients know the server. */
    static final String SERVER = "wharfinger";

    private static final JsonMapper JSON = new JsonMapper();

    private final String word;
    private final String title;
    private final String file;

    Client(String word, String title, String file) {
        this.word = word;
        this.title = title;
        this.file = file;
    }

    /** The client of that name. */
    static Optional<Client> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Client::word).toList();
    }

    /** As it is written on the command line. */
    String word() {
        return word;
    }

    String title() {
        return title;
    }

    /** Its file in a project, {@code /}-separated; empty where it has one of the user's alone. */
    Optional<String> projectFile() {
        return Optional.of(file).filter(name -> !name.isEmpty());
    }

    boolean isToml() {
        return this == CODEX;
    }

    /** The path at which the server's entry stands in its file. */
    List<String> entryPath() {
        return switch (this) {
            case VSCODE -> List.of("servers", SERVER);
            case ZED -> List.of("context_servers", SERVER);
            case CODEX -> List.of("mcp_servers", SERVER);
            case OPENCODE -> List.of("mcp", SERVER);
            case CLAUDE_CODE, CLAUDE_DESKTOP, CURSOR, JUNIE, WINDSURF, GEMINI ->
                    List.of("mcpServers", SERVER);
        };
    }

    /** What is written, by its path: the server's entry, and for Zed a profile beside it. */
    SequencedMap<List<String>, ObjectNode> entries(String command, List<String> arguments) {
        var entries = new LinkedHashMap<List<String>, ObjectNode>();
        entries.put(entryPath(), entry(command, arguments));
        if (this == ZED) {
            entries.put(List.of("agent", "profiles", SERVER), profile());
        }
        return entries;
    }

    private ObjectNode entry(String command, List<String> arguments) {
        ObjectNode entry = JSON.createObjectNode();
        switch (this) {
            case CLAUDE_CODE, CLAUDE_DESKTOP, VSCODE -> entry.put("type", "stdio");
            case ZED -> entry.put("source", "custom");
            case OPENCODE -> {
                entry.put("type", "local");
                var words = entry.putArray("command").add(command);
                arguments.forEach(words::add);
                return entry.put("enabled", true).put("timeout", 30_000);
            }
            case CURSOR, JUNIE, WINDSURF, CODEX, GEMINI -> {}
        }
        entry.put("command", command);
        arguments.forEach(entry.putArray("args")::add);
        switch (this) { // an answer leaves within 20 s, so no limit may be shorter
            case CLAUDE_CODE -> entry.put("timeout", 120_000).put("alwaysLoad", true);
            case GEMINI -> entry.put("timeout", 120_000);
            case CODEX -> entry.put("startup_timeout_sec", 20).put("tool_timeout_sec", 120);
            case ZED -> entry.putObject("env");
            default -> {}
        }
        return entry;
    }

    /** Zed has no hooks; in this profile its agent has no edit tools and no shell of its own. */
    private static ObjectNode profile() {
        ObjectNode profile = JSON.createObjectNode().put("name", "Wharfinger");
        Map.of("read_file", true, "terminal", false, "edit_file", false).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(tool ->
                        profile.withObjectProperty("tools").put(tool.getKey(), tool.getValue()));
        return profile.put("enable_all_context_servers", true);
    }
}
