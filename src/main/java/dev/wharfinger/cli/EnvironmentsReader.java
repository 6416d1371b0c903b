package dev.wharfinger.cli;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.FreezeWindow;
import dev.wharfinger.deploy.LocalSettings;
import dev.wharfinger.deploy.Observe;
import dev.wharfinger.deploy.SmokeCheck;
import dev.wharfinger.deploy.TargetSettings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code environments:} into the records of deploy and approval. */
final class EnvironmentsReader {
    private static final Duration APPROVAL_EXPIRES = Duration.ofHours(1);

    private final SequencedMap<EnvironmentName, EnvironmentSettings> environments;
    private final SequencedMap<EnvironmentName, ApprovalSettings> approvals;

    EnvironmentsReader(
            SequencedMap<EnvironmentName, EnvironmentSettings> environments,
            SequencedMap<EnvironmentName, ApprovalSettings> approvals) {
        this.environments = environments;
        this.approvals = approvals;
    }

    void read(Setting setting) throws ConfigError {
        SequencedMap<String, Setting> named = setting.named();
        for (var each : named.entrySet()) {
            EnvironmentName name =
                    each.getValue().checked(() -> new EnvironmentName(each.getKey()));
            read(name, each.getValue(), List.copyOf(named.keySet()));
        }
        for (var each : named.entrySet()) {
            checkOrder(new EnvironmentName(each.getKey()), each.getValue());
        }
    }

    /** An environment that comes after itself, over others, could never be reached. */
    private void checkOrder(EnvironmentName first, Setting setting) throws ConfigError {
        var passed = new LinkedHashSet<EnvironmentName>();
        Optional<EnvironmentName> at = Optional.of(first);
        while (at.isPresent()) {
            if (!passed.add(at.get())) {
                throw setting.error("`after` leads in a circle: " + passed);
            }
            at = Optional.ofNullable(environments.get(at.get())).flatMap(each -> each.after());
        }
    }

    private void read(EnvironmentName name, Setting whole, List<String> all) throws ConfigError {
        var keys =
                whole.keys(
                        "target",
                        "variables",
                        "smoke",
                        "after",
                        "bake",
                        "soak",
                        "approvals",
                        "freeze");
        if (keys.containsKey("approvals")) {
            approvals.put(name, approvals(keys.get("approvals")));
        }
        Setting variables = keys.get("variables");
        List<String> names = variables == null ? List.of() : variables.texts();
        List<SmokeCheck> smoke = smoke(keys);
        Optional<EnvironmentName> after = after(keys, all);
        Duration bake = ConfigReader.duration(keys, "bake", Duration.ZERO);
        Duration soak = ConfigReader.duration(keys, "soak", Duration.ZERO);
        List<FreezeWindow> freeze = freeze(keys);
        TargetSettings target = target(whole.needed("target"));
        Setting blamed = keys.getOrDefault("variables", keys.getOrDefault("after", whole));
        environments.put(
                name,
                blamed.checked(() ->
                        new EnvironmentSettings(
                                name, target, names, smoke, after, bake, soak, freeze)));
    }

    private static TargetSettings target(Setting setting) throws ConfigError {
        setting.keys("local");
        Setting local = setting.needed("local");
        var keys = local.keys("dir", "start", "systemd", "health", "observe", "patience");
        Optional<Observe> observe =
                keys.containsKey("observe")
                        ? Optional.of(observe(keys.get("observe")))
                        : Optional.empty();
        Path dir = local.needed("dir").parsed(Path::of);
        List<String> start =
                keys.containsKey("start") ? keys.get("start").argumentList() : List.of();
        Optional<String> unit =
                keys.containsKey("systemd")
                        ? Optional.of(keys.get("systemd").text())
                        : Optional.empty();
        URI health = local.needed("health").url();
        Duration patience = ConfigReader.duration(keys, "patience", LocalSettings.PATIENCE);
        return local.checked(() -> new LocalSettings(dir, start, unit, health, observe, patience));
    }

    private static Observe observe(Setting setting) throws ConfigError {
        var keys = setting.keys("json", "header");
        if (keys.size() != 1) {
            throw setting.error("names one of `json` and `header`");
        }
        Setting only = keys.firstEntry().getValue();
        return keys.containsKey("json")
                ? only.parsed(Observe.Json::new)
                : only.parsed(Observe.Header::new);
    }

    private static List<SmokeCheck> smoke(SequencedMap<String, Setting> keys) throws ConfigError {
        var checks = new ArrayList<SmokeCheck>();
        if (keys.containsKey("smoke")) {
            for (Setting item : keys.get("smoke").items()) {
                item.keys("http");
                checks.add(check(item.needed("http")));
            }
        }
        return checks;
    }

    /** One request and what it must answer. */
    static SmokeCheck check(Setting setting) throws ConfigError {
        var keys = setting.keys("url", "status", "contains", "within");
        URI url = setting.needed("url").url();
        int status = keys.containsKey("status") ? keys.get("status").wholeNumber(100, 599) : 200;
        Optional<String> contains =
                keys.containsKey("contains")
                        ? Optional.of(keys.get("contains").text())
                        : Optional.empty();
        Duration within = ConfigReader.duration(keys, "within", SmokeCheck.WITHIN);
        return keys.getOrDefault("within", setting.needed("url"))
                .checked(() -> new SmokeCheck(url, status, contains, within));
    }

    private static Optional<EnvironmentName> after(
            SequencedMap<String, Setting> keys, List<String> all) throws ConfigError {
        Setting setting = keys.get("after");
        if (setting == null) {
            return Optional.empty();
        }
        String name = setting.text();
        if (!all.contains(name)) {
            throw setting.error(Setting.unknown("no environment", name, all));
        }
        return Optional.of(setting.parsed(EnvironmentName::new));
    }

    private static List<FreezeWindow> freeze(SequencedMap<String, Setting> keys)
            throws ConfigError {
        var windows = new ArrayList<FreezeWindow>();
        if (keys.containsKey("freeze")) {
            for (Setting each : keys.get("freeze").items()) {
                windows.add(each.parsed(FreezeWindow::parse));
            }
        }
        return windows;
    }

    private static ApprovalSettings approvals(Setting setting) throws ConfigError {
        var keys = setting.keys("count", "presence", "expire", "from", "four_eyes");
        int count = keys.containsKey("count") ? keys.get("count").wholeNumber(0, 20) : 1;
        Presence presence =
                keys.containsKey("presence")
                        ? keys.get("presence").word(Presence.class)
                        : Presence.REQUIRED;
        Duration expire = ConfigReader.duration(keys, "expire", APPROVAL_EXPIRES);
        List<String> from = keys.containsKey("from") ? keys.get("from").texts() : List.of();
        boolean fourEyes = keys.containsKey("four_eyes") && keys.get("four_eyes").flag();
        return setting.checked(() -> new ApprovalSettings(count, presence, expire, from, fourEyes));
    }
}
