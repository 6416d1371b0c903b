package dev.wharfinger.tool;

import dev.wharfinger.policy.Rules;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.workspace.ContentHash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The files that make the rules: {@code wharf.yaml}, approvers, persona files, skills and the
 * integrity script. They act only in the version that a person accepted; the policy digest names
 * it.
 */
public final class RuleFiles {
    private final Supplier<SequencedMap<String, Optional<byte[]>>> files;
    private final ProjectState state;
    private final boolean configured;

    /**
     * Rules that are read anew at each look.
     *
     * @param files every file by the name under which it is shown; empty where it does not exist
     */
    public RuleFiles(
            Supplier<SequencedMap<String, Optional<byte[]>>> files,
            ProjectState state,
            boolean configured) {
        this.files = files;
        this.state = state;
        this.configured = configured;
    }

    /** How the rules stand against what was accepted. */
    public Rules look() {
        if (!configured) {
            return new Rules.Missing();
        }
        List<Event.RuleFile> now = now();
        String digest = digest(now);
        Optional<Event.PolicyAccepted> accepted = state.policy();
        if (accepted.filter(policy -> policy.digest().equals(digest)).isPresent()) {
            return new Rules.Accepted(digest);
        }
        return new Rules.Changed(
                digest,
                accepted.map(policy -> changed(policy.files(), now))
                        .orElse(List.of("never accepted")));
    }

    /** The files as they are now, for the entry that accepts them. */
    public List<Event.RuleFile> now() {
        var now = new ArrayList<Event.RuleFile>();
        files.get()
                .forEach((name, bytes) ->
                        bytes.ifPresent(b -> now.add(new Event.RuleFile(name, ContentHash.of(b)))));
        return now;
    }

    /** The policy digest: SHA-256 over a line {@code sha256 name} for each file, in their order. */
    public static String digest(List<Event.RuleFile> files) {
        var text = new StringBuilder("wharf-policy v1\n");
        files.forEach(file ->
                text.append(file.hash().hex()).append(' ').append(file.path()).append('\n'));
        return ContentHash.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The names of the files that differ. */
    public static List<String> changed(List<Event.RuleFile> before, List<Event.RuleFile> now) {
        var old = byName(before);
        var fresh = byName(now);
        var names = new TreeSet<String>(old.keySet());
        names.addAll(fresh.keySet());
        return names.stream()
                .filter(name ->
                        !Optional.ofNullable(old.get(name))
                                .equals(Optional.ofNullable(fresh.get(name))))
                .toList();
    }

    private static SequencedMap<String, ContentHash> byName(List<Event.RuleFile> files) {
        var map = new LinkedHashMap<String, ContentHash>();
        files.forEach(file -> map.put(file.path(), file.hash()));
        return map;
    }
}
