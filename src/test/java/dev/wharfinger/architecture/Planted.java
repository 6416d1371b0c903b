package dev.wharfinger.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Classes that are written, compiled and read inside one test, so that a rule can be broken. */
final class Planted {
    private static final Pattern PACKAGE = Pattern.compile("package ([a-z.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface) (\\w+)");

    private Planted() {}

    /**
     * Compiles the sources (one public type each) against this test's class path.
     *
     * @throws IllegalArgumentException with the compiler's words where one does not compile
     */
    static JavaClasses compiled(Path folder, String... sources) throws IOException {
        var files = new ArrayList<Path>();
        for (String source : sources) {
            String inside = first(PACKAGE, source).replace('.', '/');
            Path file =
                    folder.resolve("src").resolve(inside).resolve(first(TYPE, source) + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source, UTF_8);
            files.add(file);
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath = System.getProperty("java.class.path", "");
        var options = List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath);
        var words = new StringWriter();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (var manager = javac.getStandardFileManager(null, null, UTF_8)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            if (!javac.getTask(words, manager, null, options, null, units).call()) {
                throw new IllegalArgumentException(words.toString());
            }
        }
        return new ClassFileImporter().importPath(classes);
    }

    private static String first(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + source);
        }
        return matcher.group(1);
    }
}
