package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
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
import java.util.TreeMap;

/**
 * Settings of clients that take the host's own question away, and hooks that are not there. A
 * client asks its user before a tool runs; where it does not, nobody looks at what an agent does
 * with its own shell and edit tools.
 */
record ClientSettings(Path root, Optional<Path> home) {
    /** A folder or file by which a project shows that a client works in it. */
    private static final Map<String, String> SIGNS =
            new TreeMap<>(
                    Map.of(
                            ".claude", "Claude Code",
                            ".mcp.json", "Claude Code",
                            ".cursor", "Cursor",
                            ".vscode/mcp.json", "VS Code",
                            ".codex", "Codex CLI",
                            ".gemini", "Gemini CLI",
                            ".windsurf", "Windsurf",
                            "opencode.json", "opencode",
                            ".junie", "JetBrains Junie"));

    /** Where hooks of these clients are registered. */
    private static final List<String> HOOK_FILES =
            List.of(
                    ".claude/settings.json",
                    ".claude/settings.local.json",
                    ".cursor/hooks.json",
                    ".codex/hooks.json",
                    ".codex/config.toml",
                    ".gemini/settings.json",
                    ".windsurf/hooks.json",
                    ".github/hooks/wharfinger.json",
                    ".opencode/plugins/wharfinger.ts");

    void look(Section section) throws IOException {
        int before = section.findings().size();
        for (boolean ours : new boolean[] {true, false}) {
            Optional<Path> at = ours ? Optional.of(root) : home;
            if (at.isPresent()) {
                claude(section, at.get(), ours);
                gemini(section, at.get(), ours);
                codex(section, at.get(), ours);
            }
        }
        editor(section, root.resolve(".vscode/settings.json"), ".vscode/settings.json");
        if (home.isPresent()) {
            editor(
                    section,
                    home.get().resolve(".config/Code/User/settings.json"),
                    "~/.config/Code/User/settings.json");
            zed(section, home.get().resolve(".config/zed/settings.json"));
        }
        opencode(section);
        if (section.findings().size() == before) {
            section.ok("questions", "clients' questions", "no setting found that removes them");
        }
        hooks(section);
    }

    private void claude(Section section, Path at, boolean ours) throws IOException {
        for (String name : List.of(".claude/settings.json", ".claude/settings.local.json")) {
            JsonNode permissions = read(section, at, name, ours).path("permissions");
            if (permissions.path("defaultMode").asString("").equals("bypassPermissions")) {
                removed(section, "claude-code", shown(name, ours), "`bypassPermissions`");
            }
            var allowed = new ArrayList<String>();
            permissions
                    .path("allow")
                    .forEach(rule -> {
                        String text = rule.asString("");
                        if (text.matches("Bash|Bash\\(\\*\\)|Bash\\(:\\*\\)|\\*")) {
                            allowed.add(text);
                        }
                    });
            if (!allowed.isEmpty()) {
                String rules = "allows " + String.join(", ", allowed) + " unasked";
                removed(section, "claude-code", shown(name, ours), rules);
            }
        }
    }

    private void gemini(Section section, Path at, boolean ours) throws IOException {
        String name = ".gemini/settings.json";
        JsonNode settings = read(section, at, name, ours);
        settings.path("mcpServers")
                .properties()
                .forEach(server -> {
                    if (server.getValue().path("trust").asBoolean(false)) {
                        String what = "`\"trust\": true` for " + server.getKey();
                        removed(section, "gemini", shown(name, ours), what);
                    }
                });
        boolean yolo =
                settings.path("general").path("defaultApprovalMode").asString("").equals("yolo");
        if (yolo || settings.path("autoAccept").asBoolean(false)) {
            removed(section, "gemini", shown(name, ours), "tools are accepted unasked");
        }
    }

    private void codex(Section section, Path at, boolean ours) throws IOException {
        String name = ".codex/config.toml";
        JsonNode settings = read(section, at, name, ours);
        if (settings.path("approval_policy").asString("").equals("never")) {
            removed(section, "codex", shown(name, ours), "`approval_policy = \"never\"`");
        }
        if (settings.path("sandbox_mode").asString("").equals("danger-full-access")) {
            removed(section, "codex", shown(name, ours), "no sandbox around its shell");
        }
    }

    private void editor(Section section, Path file, String name) throws IOException {
        JsonNode settings = read(section, file, name);
        for (String key : List.of("chat.tools.autoApprove", "chat.tools.global.autoApprove")) {
            if (settings.path(key).asBoolean(false)) {
                removed(section, "vscode", name, "`" + key + "`");
            }
        }
    }

    private void zed(Section section, Path file) throws IOException {
        JsonNode agent = read(section, file, "~/.config/zed/settings.json").path("agent");
        boolean always = agent.path("always_allow_tool_actions").asBoolean(false);
        if (always || agent.path("tool_permissions").path("default").asString("").equals("allow")) {
            removed(section, "zed", "~/.config/zed/settings.json", "every tool runs unasked");
        }
    }

    private void opencode(Section section) throws IOException {
        for (String name : List.of("opencode.json", "opencode.jsonc")) {
            JsonNode permission = read(section, root, name, true).path("permission");
            boolean all = permission.asString("").equals("allow");
            if (all || permission.path("*").asString("").equals("allow")) {
                removed(section, "opencode", name, "every tool runs unasked");
            }
        }
    }

    private static void removed(Section section, String client, String file, String what) {
        section.warn(
                "questions." + client,
                Client.of(client).map(Client::title).orElse(client) + " asks nobody",
                file + ": " + what,
                "The client no longer asks its user before a tool runs. Take the setting out while"
                        + " this agent can reach what is deployed.");
    }

    private void hooks(Section section) throws IOException {
        List<String> here =
                SIGNS.entrySet().stream()
                        .filter(sign -> Files.exists(root.resolve(sign.getKey())))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList();
        var hooked = new ArrayList<String>();
        for (String name : HOOK_FILES) {
            Path file = root.resolve(name);
            if (isSettings(file)
                    && Files.readString(file, UTF_8).contains("hook")
                    && Files.readString(file, UTF_8).contains("wharf")
                    && Files.readString(file, UTF_8).contains("--host")) {
                hooked.add(name);
            }
        }
        if (here.isEmpty()) {
            section.ok("hooks", "hooks", "no client has its files in this project");
        } else if (!hooked.isEmpty()) {
            section.ok("hooks", "hooks", "registered in " + String.join(", ", hooked));
        } else {
            section.warn(
                    "hooks",
                    "hooks",
                    "none for " + String.join(", ", here),
                    "The client's own edit and shell tools pass no lane; what they change in"
                            + " tracked files stops the next plan. Switch those tools off for this"
                            + " agent, or run it as another user.");
        }
    }

    private static String shown(String name, boolean ours) {
        return ours ? name : "~/" + name;
    }

    private static JsonNode read(Section section, Path at, String name, boolean ours)
            throws IOException {
        return read(section, at.resolve(name), shown(name, ours));
    }

    /** What the file says; a missing one says nothing, a broken one is named. */
    private static JsonNode read(Section section, Path file, String name) throws IOException {
        if (!isSettings(file)) {
            return JsonEdit.LENIENT.createObjectNode();
        }
        ObjectMapper mapper = name.endsWith(".toml") ? new TomlMapper() : JsonEdit.LENIENT;
        try {
            return mapper.readTree(Files.readString(file, UTF_8).replace("\uFEFF", ""));
        } catch (JacksonException | java.nio.charset.CharacterCodingException broken) {
            section.warn(
                    "unread." + name.replaceAll("[^A-Za-z0-9_/-]", "_"),
                    "settings",
                    name + " cannot be read",
                    "Whether it removes a question is not known; mend the file.");
            return JsonEdit.LENIENT.createObjectNode();
        }
    }

    private static boolean isSettings(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) < 4L << 20;
    }
}
