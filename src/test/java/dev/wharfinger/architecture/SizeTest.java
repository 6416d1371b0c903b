package dev.wharfinger.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A file fits in a reader's head: 300 lines, 60 a method, 100 columns. Tests hold whole documents
 * as text, so their lines may be longer, and their files have 400.
 */
class SizeTest {
    private static final int FILE_LINES = 300;
    private static final int TEST_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int COLUMNS = 100;

    /** Files that may be longer, each with its reason beside it. */
    private static final List<Path> EXCEPTIONS =
            List.of(
                    // one lock and what it guards: apart, nobody could check it by reading
                    Path.of("src/main/java/dev/wharfinger/journal/GroupCommit.java"));

    @Test
    void everySourceKeepsItsSize() throws IOException {
        var sources = new ArrayList<>(Sources.java());
        sources.removeAll(EXCEPTIONS);
        assertThat(tooLarge(sources))
                .as("too large; split it at the noun that wants a file or a method of its own")
                .isEmpty();
    }

    @Test
    void whatIsTooLargeIsNamedWithItsLine(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("Large.java"),
                        "class Large {\n"
                                + "    void fits() {\n"
                                + "\n".repeat(58)
                                + "}\n"
                                + "    void isLong() {\n"
                                + "\n".repeat(59)
                                + "}\n"
                                + "// ".concat("x".repeat(98))
                                + "\n".repeat(200)
                                + "}\n");
        assertThat(tooLarge(List.of(file)))
                .containsExactly(
                        file + ": 323 lines of at most 300",
                        file + ":123: 101 columns of at most 100",
                        file + ":62: isLong has 61 lines of at most 60");
    }

    private static List<String> tooLarge(List<Path> files) throws IOException {
        var found = new ArrayList<String>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            boolean test = file.startsWith(Path.of("src/test"));
            int most = test ? TEST_LINES : FILE_LINES;
            if (lines.size() > most) {
                found.add("%s: %d lines of at most %d".formatted(file, lines.size(), most));
            }
            for (int i = 0; i < lines.size() && !test; i++) {
                int columns = lines.get(i).codePointCount(0, lines.get(i).length());
                if (columns > COLUMNS) {
                    found.add(
                            "%s:%d: %d columns of at most %d"
                                    .formatted(file, i + 1, columns, COLUMNS));
                }
            }
        }
        found.addAll(longMethods(files));
        return found;
    }

    private static List<String> longMethods(List<Path> files) throws IOException {
        var found = new ArrayList<String>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (var manager = javac.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) javac.getTask(null, manager, null, null, null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new LongMethods(unit, positions, found).scan(unit, null);
            }
        }
        return found;
    }

    /** Walks one file and notes the methods that are too long. */
    private static final class LongMethods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, method));
            long last = map.getLineNumber(positions.getEndPosition(unit, method));
            long lines = last - first + 1;
            if (lines > METHOD_LINES) {
                String file = Path.of(unit.getSourceFile().getName()).toString();
                found.add(
                        "%s:%d: %s has %d lines of at most %d"
                                .formatted(file, first, method.getName(), lines, METHOD_LINES));
            }
            return super.visitMethod(method, nothing);
        }
    }
}
