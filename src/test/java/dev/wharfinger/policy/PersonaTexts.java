package dev.wharfinger.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user's persona file, with changes that make it harder to come to an end. */
final class PersonaTexts {
    private PersonaTexts() {}

    private static String own() throws IOException {
        return Files.readString(Path.of("src/test/resources/persona/deploy-persona.md"));
    }

    /** With lines in both checklists that nothing but the agent's word tells. */
    static String stated() throws IOException {
        return own().replace(
                        "5. [ ] Confirm target environment (staging/production).",
                        "5. [ ] Breathe in and out.")
                .replace(
                        "6. [ ] Update or create `docs/DEPLOYMENT_RUNBOOK.md`.",
                        "6. [ ] Thank the team in person.");
    }

    /** With a matrix that has one row, so that most outcomes stand in none. */
    static String bare() throws IOException {
        return own().replaceAll("(?m)^\\| (✅ Shipped|❌ Build|🚨 Infra|🚨 Rollback) .*\\R", "");
    }
}
