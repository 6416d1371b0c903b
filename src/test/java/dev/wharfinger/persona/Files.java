package dev.wharfinger.persona;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Persona files for tests: the two that the user gave, and ours. */
final class Files {
    static final String USER = "workflows/deploy.md";

    private Files() {}

    static byte[] clean() {
        return resource("/persona/deploy-persona.md");
    }

    static byte[] asReceived() {
        return resource("/persona/deploy-persona.as-received.txt");
    }

    static byte[] ours(String name) {
        return resource("/wharfinger/prompts/" + name + ".md");
    }

    static String cleanText() {
        return new String(clean(), UTF_8);
    }

    static String text(String resource) {
        return new String(resource(resource), UTF_8);
    }

    static Persona persona(byte[] bytes) {
        try {
            return PersonaReader.parse(USER, bytes);
        } catch (PersonaUnreadable unreadable) {
            throw new AssertionError(unreadable.getMessage(), unreadable);
        }
    }

    static Persona persona(String text) {
        return persona(text.getBytes(UTF_8));
    }

    private static byte[] resource(String name) {
        try (var in = Files.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
