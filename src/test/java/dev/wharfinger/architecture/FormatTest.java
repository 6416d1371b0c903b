package dev.wharfinger.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Java files look as google-java-format ({@code --aosp}) writes them. It runs here, in the tests'
 * JDK, since Maven itself may run on an older one that cannot parse the sources. {@link #main}
 * rewrites the files: {@code ./wharf format}.
 */
class FormatTest {
    @Test
    void everyJavaFileIsFormatted() throws IOException {
        List<String> unformatted = unformatted(Sources.java());
        assertThat(unformatted)
                .as("these files are not formatted; run `./wharf format`, which rewrites them")
                .isEmpty();
    }

    @Test
    void aFileWithAnotherLayoutIsNamed(@TempDir Path folder) throws IOException {
        Path bad = Files.writeString(folder.resolve("Bad.java"), "class  Bad{int a ;}\n");
        Path good = Files.writeString(folder.resolve("Good.java"), "class Good {}\n");
        assertThat(unformatted(List.of(bad, good))).containsExactly(bad.toString());
    }

    /** Rewrites every Java file of the project in place; 1 where one cannot be parsed. */
    public static void main(String[] none) throws IOException {
        var out = new PrintWriter(System.out, true, UTF_8);
        var err = new PrintWriter(System.err, true, UTF_8);
        System.exit(format(out, err, List.of("--aosp", "-i"), Sources.java()));
    }

    private static List<String> unformatted(List<Path> files) {
        var out = new StringWriter();
        var err = new StringWriter();
        format(new PrintWriter(out), new PrintWriter(err), List.of("--aosp", "-n"), files);
        assertThat(err.toString()).as("what the formatter cannot parse").isEmpty();
        return out.toString().lines().toList();
    }

    private static int format(
            PrintWriter out, PrintWriter err, List<String> options, List<Path> files) {
        var arguments = new ArrayList<>(options);
        files.forEach(file -> arguments.add(file.toString()));
        var tool = ToolProvider.findFirst("google-java-format").orElseThrow();
        int code = tool.run(out, err, arguments.toArray(String[]::new));
        out.flush();
        err.flush();
        return code;
    }
}
