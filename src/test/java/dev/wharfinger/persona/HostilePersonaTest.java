package dev.wharfinger.persona;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SplittableRandom;

/** Whatever the bytes, the answer is a persona or a refusal with a line: never anything else. */
class HostilePersonaTest {
    private static final long SEED = 20261122L;
    private static final int ROUNDS = 600;

    private static final List<String> PIECES =
            List.of(
                    "\n## Entry Checklist\n",
                    "| a | b |\n|---|---|\n",
                    "`",
                    "**",
                    "- [ ] ",
                    "> ",
                    "\n---\n",
                    "1. ",
                    "ðŸ",
                    "â",
                    "\uFFFD",
                    "\r",
                    "\t",
                    "[x](",
                    "](../SKILL.md)",
                    "\0",
                    "# /deploy\n",
                    "- **Lane:**\n  - **Owner:** `**`\n",
                    "|",
                    "\\",
                    "🛠️",
                    "<!--",
                    "&#0;");

    @Test
    void mutatedFilesAreReadOrRefused() {
        var random = new SplittableRandom(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(random.split());
            read += answer(bytes, "seed " + SEED + " round " + round) ? 1 : 0;
        }
        assertThat(read).as("some mutations leave a persona").isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternsThatExplodeElsewhereAreReadOrRefused(String text) {
        answer(text.getBytes(UTF_8), text.substring(0, Math.min(20, text.length())));
        String inside = Files.cleanText() + "\n" + text;
        byte[] bytes = inside.getBytes(UTF_8);
        answer(java.util.Arrays.copyOf(bytes, Math.min(bytes.length, 250_000)), "inside");
    }

    static List<String> patterns() {
        return List.of(
                "",
                "\n",
                ">".repeat(50_000),
                "- ".repeat(50_000),
                "`".repeat(100_000),
                "*a **a ".repeat(20_000),
                "[a](b".repeat(30_000),
                "ðŸ".repeat(60_000),
                "â\uFFFD".repeat(50_000),
                "| ".repeat(80_000),
                "# /a\n".repeat(20_000),
                "1. [ ] \n".repeat(20_000),
                "- Lane:\n  - Owner: " + "`a/`, ".repeat(30_000),
                "`a.b`".repeat(40_000),
                "a. A".repeat(50_000));
    }

    private static byte[] mutated(SplittableRandom random) {
        byte[] original = random.nextBoolean() ? Files.clean() : Files.asReceived();
        var text = new StringBuilder(new String(original, UTF_8));
        int edits = random.nextInt(1, 8);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 200)));
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(1, 0x3000));
                default -> {
                    int end = Math.min(text.length(), at + random.nextInt(1, 400));
                    text.insert(random.nextInt(text.length()), text.substring(at, end));
                }
            }
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Whether a persona came out. */
    private static boolean answer(byte[] bytes, String what) {
        try {
            Lint lint = Lint.of("p.md", bytes);
            assertThat(lint.persona().lanes()).as(what).isNotEmpty();
            assertThat(lint.coverage()).as(what).allMatch(one -> one.source().line() >= 1);
            return true;
        } catch (PersonaUnreadable unreadable) {
            assertThat(unreadable.remedy()).as(what).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError bug) {
            throw new AssertionError(what, bug);
        }
    }
}
