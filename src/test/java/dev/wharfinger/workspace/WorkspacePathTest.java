package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

class WorkspacePathTest {
    private static final long SEED = Long.getLong("wharf.seed", 20261122L);

    /** What names are made of when somebody means harm, and some of what is harmless. */
    private static final List<String> PIECES =
            List.of(
                    "..",
                    ".",
                    "/",
                    "//",
                    "\\",
                    ":",
                    " ",
                    "",
                    "a",
                    "k8s",
                    "k8s-evil",
                    ".git",
                    "\u0000",
                    "\n",
                    "\r",
                    "\u001b[2J",
                    "\u007f",
                    "\u0085",
                    "\u200b",
                    "\u200d",
                    "\u202e",
                    "\u2066",
                    "\ufeff",
                    "\ufe0f",
                    "\u00e9",
                    "e\u0301",
                    "\u212a",
                    "\u017f",
                    "\u65e5\u672c",
                    "\ud83d\ude80",
                    "\ud800",
                    "\udc00",
                    "\u00a0",
                    "\u3000",
                    "\u2028",
                    "\u00ad",
                    "\u034f",
                    "\ue000",
                    "\uffff",
                    "%2e%2e",
                    "%2f",
                    "~",
                    "-",
                    "$(x)",
                    "*",
                    "\ufffd",
                    "\udb40\udc41",
                    "x".repeat(120));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "k8s/a.yaml",
                ".github/workflows/ci.yml",
                "src/My File (1).java",
                "app/[slug]/page.tsx",
                "-rf",
                "@scope/pkg",
                "a+b",
                "$lib/x",
                "...hidden",
                "..a",
                "\u00fcbersicht.md",
                "\u65e5\u672c/\u8a9e",
                "\u0938\u094d\u0924\u0947",
                "emoji\ud83d\ude80.md",
                "a..b"
            })
    void aPlainNameIsAPath(String text) {
        assertThat(WorkspacePath.of(text)).hasToString(text);
        assertThat(granted("/" + text)).isEqualTo(WorkspacePath.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../b",
                "..",
                "a//b",
                "//a",
                "a/./b",
                "./a",
                "a/",
                "/a/",
                "//",
                "a\\b",
                "..\\x",
                "C:/x",
                "file:stream",
                " a",
                "a ",
                "a/ b",
                "a.",
                "a/b./c",
                "a\u0000b",
                "a\nb",
                "a\tb",
                "a\u007fb",
                "a\u0085b",
                "a\u202eb",
                "a\u200bb",
                "a\u200db",
                "\ufeffa",
                "a\u00adb",
                "a\ufe0f",
                "e\u0301",
                "\u212a",
                "a\u00a0b",
                "a\u3000b",
                "a\u2028b",
                "\ud800",
                "a\udc00b",
                "\ue000",
                "\uffff",
                "\u034f",
                "\u3164",
                "a/\udb40\udc41"
            })
    void aNameThatCouldMeanSomethingElseIsNone(String text) {
        Refusal no = refused(text);
        assertThat(no.rule()).isEqualTo(RuleId.PATH_INVALID);
        assertThat(no.reason()).contains("part ");
        assertThat(no.reason().chars()).noneMatch(c -> c < ' ' || c == 0x202e || c == 0x200b);
        assertThatThrownBy(() -> WorkspacePath.of(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a\\b,2,`a/b`",
        "./a,1,`a`",
        "a//b,2,`a/b`",
        "a/,2,`a`",
        "a/../b,2,`b`",
        "' a',1,`a`",
        "//a,1,`a`"
    })
    void aRefusalSaysWhatToSendInstead(String text, String part, String instead) {
        assertThat(refused(text).remedy()).contains(instead);
        assertThat(refused(text).by()).isEqualTo(dev.wharfinger.rule.Opener.YOU);
    }

    @Test
    void aRefusalNamesThePartThatIsWrong() {
        assertThat(refused("src/b:c/d").reason()).contains("part 2 (`b:c`) holds a colon");
        assertThat(refused("src/a\u202eb").reason()).contains("part 2 (`a<U+202E>b`)", "U+202E");
        assertThat(refused("../../etc/passwd").remedy()).doesNotContain("etc/passwd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "."})
    void theRootHasThreeNames(String text) {
        assertThat(granted(text)).isEqualTo(WorkspacePath.ROOT).hasToString(".");
    }

    @Test
    void onlyOneLeadingSlashIsCut() {
        assertThat(granted("/a/b")).isEqualTo(WorkspacePath.of("a/b"));
        assertThat(refused("//a/b").rule()).isEqualTo(RuleId.PATH_INVALID);
    }

    @Test
    void limitsHoldAtTheirEdges() {
        assertThat(granted("x".repeat(255)).name()).hasSize(255);
        assertThat(refused("x".repeat(256)).reason()).contains("255");
        assertThat(granted("\u65e5".repeat(85)).name()).hasSize(85);
        assertThat(refused("\u65e5".repeat(86)).reason()).contains("255");
        assertThat(granted("a/".repeat(31) + "a").parts()).hasSize(32);
        assertThat(refused("a/".repeat(32) + "a").reason()).contains("32");
        String long4096 = ("x".repeat(127) + "/").repeat(31) + "x".repeat(128);
        assertThat(granted(long4096).toString().getBytes(UTF_8)).hasSize(4096);
        assertThat(refused(long4096 + "x").reason()).contains("4096");
        assertThat(refused("a/".repeat(1_000_000)).reason().length()).isLessThan(500);
    }

    @Test
    void aSiblingThatSharesThePrefixIsNotBelow() {
        WorkspacePath k8s = WorkspacePath.of("k8s");
        assertThat(WorkspacePath.of("k8s/a").isBelow(k8s)).isTrue();
        assertThat(WorkspacePath.of("k8s/a/b").isBelow(k8s)).isTrue();
        assertThat(WorkspacePath.of("k8s-evil/a").isBelow(k8s)).isFalse();
        assertThat(WorkspacePath.of("K8s/a").isBelow(k8s)).isFalse();
        assertThat(k8s.isBelow(k8s)).isFalse();
        assertThat(k8s.isBelow(WorkspacePath.ROOT)).isTrue();
        assertThat(WorkspacePath.ROOT.isBelow(WorkspacePath.ROOT)).isFalse();
    }

    @Test
    void parentsAndChildrenAreInverse() {
        WorkspacePath path = WorkspacePath.of("a/b");
        assertThat(path.child("c").parent()).contains(path);
        assertThat(WorkspacePath.of("a").parent()).contains(WorkspacePath.ROOT);
        assertThat(WorkspacePath.ROOT.parent()).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> path.child("c/d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> path.child("..")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theConstructorTakesNothingThatTheParserRefuses() {
        for (String part : List.of("", ".", "..", "a/b", "a\\b", "e\u0301")) {
            assertThatThrownBy(() -> new WorkspacePath(List.of("a", part)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theOrderPutsAFolderRightBeforeWhatItHolds() {
        List<WorkspacePath> paths =
                List.of("k8s-evil", "k8s", "k8s/a", "k8s.d", "a").stream()
                        .map(WorkspacePath::of)
                        .sorted()
                        .toList();
        assertThat(paths).hasToString("[a, k8s, k8s/a, k8s-evil, k8s.d]");
    }

    @Test
    void whateverIsAPathStaysInsideIsNormalAndMeansItself() {
        var random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            String text = text(random);
            String because = "seed " + SEED + ", case " + i + ", " + NameRules.shown(text);
            if (WorkspacePath.parse(text) instanceof Verdict.Granted<WorkspacePath>(var path)) {
                accepted++;
                String shown = path.toString();
                assertThat(granted(shown)).as(because).isEqualTo(path);
                assertThat(Normalizer.isNormalized(shown, Normalizer.Form.NFC))
                        .as(because)
                        .isTrue();
                assertThat(new String(shown.getBytes(UTF_8), UTF_8)).as(because).isEqualTo(shown);
                assertThat(path.parts()).as(because).doesNotContain("..", ".", "");
                assertThat(shown).as(because).doesNotContain("\\", ":", "\u0000", "//");
            } else {
                Refusal no = refused(text);
                assertThat(no.reason().length()).as(because).isLessThan(1200);
                assertThat(no.reason().codePoints())
                        .as(because)
                        .allMatch(WorkspacePathTest::isShown);
                assertThat(no.remedy().codePoints())
                        .as(because)
                        .allMatch(WorkspacePathTest::isShown);
            }
        }
        assertThat(accepted).as("seed %d", SEED).isBetween(3_000, 57_000);
    }

    @Test
    void everyCharacterAloneIsEitherShownOrRefused() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT))
                .filteredOn(c -> NameRules.problem(Character.toString(c)).isEmpty())
                .hasSizeGreaterThan(100_000)
                .allMatch(c -> isShown(c) && !Character.isWhitespace(c));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int pieces = 1 + random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            boolean hostile = random.nextInt(3) == 0;
            text.append(
                    hostile ? PIECES.get(random.nextInt(PIECES.size())) : "p" + random.nextInt(9));
            text.append(random.nextInt(3) == 0 && i < pieces - 1 ? "/" : "");
        }
        return text.toString();
    }

    private static boolean isShown(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static WorkspacePath granted(String text) {
        return FilesBehindWall.granted(WorkspacePath.parse(text));
    }

    private static Refusal refused(String text) {
        return FilesBehindWall.refusal(WorkspacePath.parse(text));
    }
}
