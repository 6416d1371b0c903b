package dev.wharfinger.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Configurations as projects have them, good and bad, drawn by chance. */
final class Configurations {
    private Configurations() {}

    /**
     * One configuration; nothing for a project without {@code wharf.yaml}.
     *
     * @param ships whether the service is a real one, that answers on this port
     */
    static Optional<String> draw(Random random, Path folder, boolean ships, int port) {
        if (random.nextInt(20) == 0) {
            return Optional.empty();
        }
        var text = new StringBuilder("project: shop\n");
        if (random.nextInt(4) == 0) {
            String own =
                    pick(
                            random,
                            List.of(
                                    "deploy-persona.md",
                                    "deploy-persona.as-received.md",
                                    "stated.md"));
            text.append("personas: { deploy: prompts/").append(own).append(" }\n");
        }
        if (random.nextInt(15) != 0) {
            text.append("artifact: { path: app")
                    .append(random.nextInt(12) == 0 ? ", build: [./prove.sh, ci]" : "")
                    .append(" }\n");
        }
        gates(random, text);
        if (random.nextInt(15) != 0) {
            environments(random, folder, ships, port, text);
        }
        return Optional.of(text.toString());
    }

    private static void gates(Random random, StringBuilder text) {
        text.append("gates:\n");
        if (random.nextInt(10) != 0) {
            text.append("  test: { command: [./prove.sh, test], reports: [\"out/*.xml\"] }\n");
        }
        if (random.nextInt(10) != 0) {
            text.append(
                    "  security: { command: [./prove.sh, security], reports: [\"out/*.sarif\"]"
                            + " }\n");
        }
        switch (random.nextInt(5)) {
            case 0 -> text.append("  ci: { command: [./prove.sh, ci] }\n");
            case 1 -> text.append("  ci: { command: [./nowhere.sh] }\n");
            case 2 -> text.append(random.nextBoolean() ? "" : CI_NONE);
            default -> text.append(CI_NONE);
        }
        if (random.nextInt(6) == 0) {
            text.append("  integrity: { command: [./prove.sh, integrity] }\n");
        }
    }

    private static void environments(
            Random random, Path folder, boolean ships, int port, StringBuilder text) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String start =
                ships
                        ? "[\""
                                + java
                                + "\", \"-XX:TieredStopAtLevel=1\", \"-XX:+UseSerialGC\", \"-cp\","
                                + " \""
                                + classes()
                                + "\", dev.wharfinger.deploy.TinyService, \""
                                + port
                                + "\", \""
                                + folder
                                + "/staging\"]"
                        : "[/bin/false]";
        text.append(
                """
                environments:
                  staging:
                    target:
                      local: { dir: %s/staging, start: %s, health: "http://127.0.0.1:%d/healthz" }
                """
                        .formatted(folder, start, port));
        if (random.nextInt(8) == 0) {
            text.append("    variables: [SURELY_NOT_SET_HERE]\n");
        }
        text.append(
                "    smoke: [{ http: { url: \"http://127.0.0.1:%d/\", contains: Welcome } }]\n"
                        .formatted(port));
        if (random.nextInt(3) == 0) {
            text.append(
                    """
                      production:
                        after: staging
                        target:
                          local: { dir: %s/production, start: [/bin/false], health: "http://127.0.0.1:1/" }
                    """
                            .formatted(folder));
        }
    }

    /** Where the test classes lie, the tiny service among them. */
    private static Path classes() {
        var source = Configurations.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString()));
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /**
     * The user's own file with lines that nothing checks in both checklists, and a matrix of one
     * row.
     */
    static String statedPersona() throws IOException {
        String own = Files.readString(Path.of("src/test/resources/persona/deploy-persona.md"));
        return own.replaceAll("(?m)^\\| (✅ Shipped|❌ Build|🚨 Infra|🚨 Rollback) .*\\R", "")
                .replace("- [ ] CI/CD pipeline passes.", "- [ ] The team was told.")
                .replace(
                        "5. [ ] Confirm target environment (staging/production).",
                        "5. [ ] Breathe in and out.")
                .replace(
                        "6. [ ] Update or create `docs/DEPLOYMENT_RUNBOOK.md`.",
                        "6. [ ] Thank the team in person.");
    }

    private static final String CI_NONE = "  ci: { applies: false, because: \"no CI here\" }\n";
}
