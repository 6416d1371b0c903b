package dev.wharfinger.tool;

import dev.wharfinger.policy.Rules;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * The files that make the rules: {@code wharf.yaml}, approvers, persona files, skills and the
 * integrity script. They act only in the version that a person accepted; the policy digest names
 * it.
 */
public final class RuleFiles {
    /** The file of those who decide. */
    public static final String APPROVERS = "approvers";

    private final Supplier<SequencedMap<String, Optional<byte[]>>> files;
    private final ProjectState state;
    private final boolean configured;
    private final Map<String, ContentHash> instead;

    /** What comes with Wharfinger is the same array at each look, and hashed once. */
    private final Map<byte[], ContentHash> hashes =
            Collections.synchronizedMap(new WeakHashMap<>());

    private volatile Optional<List<Event.RuleFile>> working = Optional.empty();

    /**
     * Rules that are read anew at each look.
     *
     * @param files every file by the name under which it is shown; empty where it does not exist
     * @param instead what acts in this process, for each file of which something else stands there
     */
    public RuleFiles(
            Supplier<SequencedMap<String, Optional<byte[]>>> files,
            ProjectState state,
            boolean configured,
            Map<String, ContentHash> instead) {
        this.files = files;
        this.state = state;
        this.configured = configured;
        this.instead = Map.copyOf(instead);
    }

    /** All files as they were at one moment: their bytes, their hashes, the digest of it all. */
    public record Look(
            SequencedMap<String, Optional<byte[]>> bytes,
            List<Event.RuleFile> files,
            String digest) {
        public Look {
            files = List.copyOf(files);
        }
    }

    /** Reads every file once. */
    public Look read() {
        SequencedMap<String, Optional<byte[]>> bytes = files.get();
        var hashes = new ArrayList<Event.RuleFile>();
        bytes.forEach((name, content) ->
                content.ifPresent(b -> hashes.add(new Event.RuleFile(name, hash(b)))));
        return new Look(bytes, hashes, digest(hashes));
    }

    private ContentHash hash(byte[] content) {
        return hashes.computeIfAbsent(content, ContentHash::of);
    }

    /**
     * Remembers the rules under which this process works: it has read them by now. What is accepted
     * later acts in the next one; only who may decide is looked up anew each time.
     */
    public void loaded() {
        if (configured && working.isEmpty()) {
            SequencedMap<String, ContentHash> act = byName(read().files());
            act.putAll(instead);
            working =
                    Optional.of(
                            act.entrySet().stream()
                                    .map(one -> new Event.RuleFile(one.getKey(), one.getValue()))
                                    .toList());
        }
    }

    /** The file of the project that a word of a command names, if it can name one. */
    public static Optional<WorkspacePath> script(String word) {
        String plain = word.startsWith("./") ? word.substring(2) : word;
        return WorkspacePath.parse(plain).fold(Optional::of, _ -> Optional.empty());
    }

    /** How the rules stand against what was accepted. */
    public Rules look() {
        if (!configured) {
            return new Rules.Missing();
        }
        loaded();
        List<Event.RuleFile> now = now();
        String digest = digest(now);
        Optional<Event.PolicyAccepted> accepted = state.policy();
        if (accepted.filter(policy -> policy.digest().equals(digest)).isPresent()) {
            List<String> stale =
                    changed(working.orElseThrow(), now).stream()
                            .filter(name -> !name.equals(APPROVERS))
                            .toList();
            return stale.isEmpty() ? new Rules.Accepted(digest) : new Rules.Stale(digest, stale);
        }
        return new Rules.Changed(
                digest,
                accepted.map(policy -> changed(policy.files(), now))
                        .orElse(List.of("never accepted")));
    }

    /** The files as they are now, for the entry that accepts them. */
    public List<Event.RuleFile> now() {
        return read().files();
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
