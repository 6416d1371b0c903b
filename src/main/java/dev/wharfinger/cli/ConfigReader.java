package dev.wharfinger.cli;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.markdown.Yaml;
import dev.wharfinger.markdown.YamlNode;
import dev.wharfinger.markdown.YamlUnreadable;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code wharf.yaml} from the top; {@code schemas/wharf.schema.json} has the same names. */
final class ConfigReader {
    private static final Duration PLANS_EXPIRE = Duration.ofHours(24);

    private ConfigReader() {}

    static Config read(String file, String text, String folder, Map<String, String> environment)
            throws ConfigError {
        Setting root = new Setting(file, environment, "", 1, tree(file, text));
        var keys =
                root.keys(
                        "project",
                        "ledger",
                        "personas",
                        "artifact",
                        "proofs",
                        "gates",
                        "environments",
                        "plans",
                        "server");
        var gates = new GatesReader();
        if (keys.containsKey("gates")) {
            gates.read(keys.get("gates"));
        }
        var environments = new LinkedHashMap<EnvironmentName, EnvironmentSettings>();
        var approvals = new LinkedHashMap<EnvironmentName, ApprovalSettings>();
        if (keys.containsKey("environments")) {
            new EnvironmentsReader(environments, approvals).read(keys.get("environments"));
        }
        return new Config(
                keys.containsKey("project") ? project(keys.get("project")) : folder,
                ledger(of(keys, "ledger")),
                personas(of(keys, "personas")),
                artifact(of(keys, "artifact")),
                ignored(of(keys, "proofs")),
                gates.gates(),
                gates.extras(),
                environments,
                approvals,
                planExpires(of(keys, "plans")),
                ServerReader.read(of(keys, "server")),
                ContentHash.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static YamlNode tree(String file, String text) throws ConfigError {
        try {
            return Yaml.parse(file, text).orElse(new YamlNode.Mapping(1, 1, new LinkedHashMap<>()));
        } catch (YamlUnreadable unreadable) {
            throw new ConfigError(new Source(file, unreadable.line()), "", unreadable.reason());
        }
    }

    private static Optional<Setting> of(SequencedMap<String, Setting> keys, String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** The name is part of a folder's name and of the journal's origin. */
    private static String project(Setting setting) throws ConfigError {
        String name = setting.text();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw setting.error(
                    "a project's name is letters, digits, `.`, `_` and `-`, not `" + name + "`");
        }
        return name;
    }

    private static LedgerPaths ledger(Optional<Setting> setting) throws ConfigError {
        if (setting.isEmpty()) {
            return LedgerPaths.DEFAULT;
        }
        var keys =
                setting.get()
                        .keys(
                                "plan",
                                "handoff",
                                "session_log",
                                "raid_log",
                                "charter",
                                "memory",
                                "runbook");
        LedgerPaths usual = LedgerPaths.DEFAULT;
        WorkspacePath plan = path(keys, "plan", usual.plan());
        WorkspacePath handoff = path(keys, "handoff", usual.handoff());
        WorkspacePath sessionLog = path(keys, "session_log", usual.sessionLog());
        WorkspacePath raidLog = path(keys, "raid_log", usual.raidLog());
        WorkspacePath charter = path(keys, "charter", usual.charter());
        WorkspacePath memory = path(keys, "memory", usual.memory());
        WorkspacePath runbook = path(keys, "runbook", usual.runbook());
        return setting.get()
                .checked(() ->
                        new LedgerPaths(
                                plan, handoff, sessionLog, raidLog, charter, memory, runbook));
    }

    private static WorkspacePath path(
            SequencedMap<String, Setting> keys, String name, WorkspacePath usual)
            throws ConfigError {
        Setting setting = keys.get(name);
        return setting == null ? usual : setting.parsed(WorkspacePath::of);
    }

    private static SequencedMap<PersonaName, WorkspacePath> personas(Optional<Setting> setting)
            throws ConfigError {
        var personas = new LinkedHashMap<PersonaName, WorkspacePath>();
        if (setting.isPresent()) {
            for (var entry : setting.get().named().entrySet()) {
                Setting file = entry.getValue();
                personas.put(
                        file.checked(() -> new PersonaName(entry.getKey())),
                        file.parsed(WorkspacePath::of));
            }
        }
        return personas;
    }

    private static Optional<BuildSettings> artifact(Optional<Setting> setting) throws ConfigError {
        if (setting.isEmpty()) {
            return Optional.empty();
        }
        var keys = setting.get().keys("build", "path", "env", "limit");
        List<List<String>> commands = List.of();
        Setting build = keys.get("build");
        if (build != null) {
            commands = build.isListOfLists() ? lists(build) : List.of(build.argumentList());
        }
        List<List<String>> built = commands;
        String path = keys.containsKey("path") ? keys.get("path").text() : ".";
        List<String> env = keys.containsKey("env") ? keys.get("env").texts() : List.of();
        Duration limit = duration(keys, "limit", BuildSettings.LIMIT);
        Setting blamed = keys.getOrDefault("path", setting.get());
        return Optional.of(blamed.checked(() -> new BuildSettings(built, path, env, limit)));
    }

    private static List<List<String>> lists(Setting build) throws ConfigError {
        var lists = new ArrayList<List<String>>();
        for (Setting each : build.items()) {
            lists.add(each.argumentList());
        }
        return lists;
    }

    private static List<String> ignored(Optional<Setting> setting) throws ConfigError {
        if (setting.isEmpty()) {
            return List.of();
        }
        Setting ignore = setting.get().keys("ignore").get("ignore");
        if (ignore == null) {
            return List.of();
        }
        for (Setting each : ignore.items()) {
            each.parsed(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
        return ignore.texts();
    }

    private static Duration planExpires(Optional<Setting> setting) throws ConfigError {
        return setting.isEmpty()
                ? PLANS_EXPIRE
                : duration(setting.get().keys("expire"), "expire", PLANS_EXPIRE);
    }

    static Duration duration(SequencedMap<String, Setting> keys, String name, Duration usual)
            throws ConfigError {
        Setting setting = keys.get(name);
        return setting == null ? usual : setting.duration();
    }
}
