package dev.wharfinger.cli;

import dev.wharfinger.cli.GateExtras.GitHubChecks;
import dev.wharfinger.deploy.SmokeCheck;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.proof.Strength;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Reads {@code gates:}; which keys a gate has depends on the gate. */
final class GatesReader {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** What every gate has that a command can prove. */
    private static final List<String> PROVABLE =
            List.of("command", "reports", "least", "applies", "because", "env", "limit");

    private static final List<String> COMMAND =
            List.of("command", "applies", "because", "env", "limit");

    private static final Map<String, List<String>> KEYS =
            Map.of(
                    "test", PROVABLE,
                    "security", Stream.concat(PROVABLE.stream(), Stream.of("block")).toList(),
                    "ux", PROVABLE,
                    "ci", Stream.concat(COMMAND.stream(), Stream.of("github")).toList(),
                    "secrets", List.of("allow"),
                    "parity", List.of("differ"),
                    "monitoring", Stream.concat(COMMAND.stream(), Stream.of("http")).toList(),
                    "integrity", COMMAND);

    private final SequencedMap<GateId, GateSettings> gates = new LinkedHashMap<>();
    private Optional<GitHubChecks> ci = Optional.empty();
    private Optional<SmokeCheck> monitoring = Optional.empty();
    private List<String> mayDiffer = List.of();

    SequencedMap<GateId, GateSettings> gates() {
        return gates;
    }

    GateExtras extras() {
        return new GateExtras(ci, mayDiffer, monitoring);
    }

    void read(Setting setting) throws ConfigError {
        String[] names = KEYS.keySet().stream().sorted().toArray(String[]::new);
        for (var gate : setting.keys(names).entrySet()) {
            String[] keys = KEYS.getOrDefault(gate.getKey(), List.of()).toArray(String[]::new);
            read(new GateId(gate.getKey()), gate.getValue(), gate.getValue().keys(keys));
        }
    }

    private void read(GateId gate, Setting whole, SequencedMap<String, Setting> keys)
            throws ConfigError {
        boolean applies = !keys.containsKey("applies") || keys.get("applies").flag();
        GateSettings settings = settings(gate, whole, keys, applies);
        if (keys.containsKey("github")) {
            ci = Optional.of(gitHub(keys.get("github")));
        }
        if (keys.containsKey("http")) {
            monitoring = Optional.of(EnvironmentsReader.check(keys.get("http")));
        }
        if (keys.containsKey("differ")) {
            mayDiffer = keys.get("differ").texts();
        }
        checkComplete(gate, whole, keys, applies);
        gates.put(gate, settings);
    }

    private static GateSettings settings(
            GateId gate, Setting whole, SequencedMap<String, Setting> keys, boolean applies)
            throws ConfigError {
        Optional<List<String>> command = Optional.empty();
        if (keys.containsKey("command")) {
            command = Optional.of(keys.get("command").argumentList());
        }
        List<String> reports = texts(keys, "reports");
        Strength least =
                keys.containsKey("least")
                        ? keys.get("least").word(Strength.class)
                        : Strength.OBSERVED;
        Optional<String> block = text(keys, "block");
        Optional<String> because = text(keys, "because");
        List<String> env = texts(keys, "env");
        Duration limit = ConfigReader.duration(keys, "limit", LIMIT);
        List<String> allow = texts(keys, "allow");
        Optional<List<String>> run = command;
        return keys.getOrDefault("block", keys.getOrDefault("reports", whole))
                .checked(() ->
                        new GateSettings(
                                gate, run, reports, least, block, applies, because, env, limit,
                                allow));
    }

    /** A gate says how it is proved, or why it does not apply; never both, never neither. */
    private static void checkComplete(
            GateId gate, Setting whole, SequencedMap<String, Setting> keys, boolean applies)
            throws ConfigError {
        boolean proved = Stream.of("command", "github", "http").anyMatch(keys::containsKey);
        if (!applies && !keys.containsKey("because")) {
            throw whole.error("`applies: false` needs `because: …`, which every card shows");
        }
        if (!applies && proved) {
            throw whole.error("`applies: false` stands beside a way to prove it; keep one");
        }
        if (applies && keys.containsKey("because")) {
            throw keys.get("because").error("belongs to `applies: false`, which is not here");
        }
        if (keys.containsKey("command")
                && (keys.containsKey("github") || keys.containsKey("http"))) {
            throw keys.get("command").error("stands beside another way to prove it; keep one");
        }
        boolean isRead = gate.equals(GateId.TEST) || gate.equals(GateId.SECURITY);
        if (isRead && keys.containsKey("command") && texts(keys, "reports").isEmpty()) {
            throw whole.error("names no `reports`; what they say is the proof, not the exit code");
        }
    }

    private static GitHubChecks gitHub(Setting setting) throws ConfigError {
        var keys = setting.keys("repository", "token");
        Setting named = setting.needed("repository");
        String repository = named.text();
        Optional<String> token = text(keys, "token");
        return named.checked(() -> new GitHubChecks(repository, token));
    }

    private static List<String> texts(SequencedMap<String, Setting> keys, String name)
            throws ConfigError {
        Setting setting = keys.get(name);
        return setting == null ? List.of() : setting.texts();
    }

    private static Optional<String> text(SequencedMap<String, Setting> keys, String name)
            throws ConfigError {
        Setting setting = keys.get(name);
        return setting == null ? Optional.empty() : Optional.of(setting.text());
    }
}
