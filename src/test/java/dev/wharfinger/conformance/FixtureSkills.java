package dev.wharfinger.conformance;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Two skills with folders, for the scenarios of the skills extension. */
final class FixtureSkills {
    private static final SequencedMap<String, String> FILES = files();

    private FixtureSkills() {}

    private static SequencedMap<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("skill://knots/SKILL.md", skill("knots", "How to tie up. Use it at the quay."));
        files.put("skill://knots/references/BOWLINE.md", "# Bowline\n");
        files.put("skill://cargo/SKILL.md", skill("cargo", "How to lift. Use it at the crane."));
        return files;
    }

    private static String skill(String name, String description) {
        return "---\nname: " + name + "\ndescription: " + description + "\n---\n\n# " + name + "\n";
    }

    static List<ObjectNode> entries() {
        return List.of(
                entry("knots", "How to tie up. Use it at the quay."),
                entry("cargo", "How to lift. Use it at the crane."));
    }

    private static ObjectNode entry(String name, String description) {
        ObjectNode entry = Json.object().put("uri", "skill://" + name + "/SKILL.md");
        entry.putObject("frontmatter").put("name", name).put("description", description);
        ArrayNode resources = entry.putArray("resources");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (file.getKey().startsWith("skill://" + name + "/")) {
                byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                resources
                        .addObject()
                        .put("uri", file.getKey())
                        .put("digest", "sha256:" + sha256(bytes))
                        .put("size", bytes.length);
            }
        }
        return entry;
    }

    static List<ObjectNode> resources() {
        return entries().stream()
                .map(entry ->
                        Json.object()
                                .put("uri", entry.path("uri").asString(""))
                                .put("name", entry.at("/frontmatter/name").asString(""))
                                .put(
                                        "description",
                                        entry.at("/frontmatter/description").asString(""))
                                .put("mimeType", "text/markdown"))
                .toList();
    }

    static Optional<String> read(String uri) {
        return Optional.ofNullable(FILES.get(uri));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
