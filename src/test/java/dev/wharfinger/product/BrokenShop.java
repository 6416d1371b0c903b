package dev.wharfinger.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The shop with all that should stop a deployment: red tests, a hole, a failing CI and integrity
 * check, a secret in the commit, an environment that lacks a variable. {@code app/broken} says what
 * fails.
 */
final class BrokenShop {
    private BrokenShop() {}

    static ShopProject in(Path folder) throws IOException {
        ShopProject project = ShopProject.in(folder);
        project.write("prove.sh", PROVE);
        project.write(
                "wharf.yaml",
                project.read("wharf.yaml")
                        .replace(
                                "ci: { applies: false, because: \"no CI here\" }",
                                "ci: { command: [./prove.sh, ci] }\n"
                                        + "  integrity: { command: [./prove.sh, integrity] }")
                        .replace(
                                "  production:",
                                """
                                  lacking:
                                    variables: [NOBODY_SETS_THIS]
                                    target:
                                      local: { dir: %s/lacking, start: [x], health: "http://127.0.0.1:1/" }
                                  production:\
                                """
                                        .formatted(folder)));
        project.write("CHARTER.md", "# Charter\n\n## Out of scope\n\n- Payments by credit card\n");
        project.write("app/broken", "ci tests scan integrity");
        project.write(
                "app/key.txt", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzTESTKEY1\n");
        Files.createDirectories(project.root().resolve("docs/infrastructure"));
        project.write("docs/infrastructure/net.md", "# Net\n");
        project.commit("v1.1.0");
        return project;
    }

    private static final String PROVE =
            """
            #!/bin/sh
            mkdir -p out
            case $1 in
            test)
              if grep -q tests app/broken; then f='<failure/>'; fi
              echo "<testsuite name='s'><testcase name='a' classname='S'>$f</testcase></testsuite>" > out/t.xml ;;
            security)
              if grep -q scan app/broken; then
                r='{"level":"error","message":{"text":"hole"},"properties":{"security-severity":"9.9"}}'; fi
              echo '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scan"}},"results":['$r']}]}' > out/s.sarif ;;
            *)
              ! grep -q "$1" app/broken ;;
            esac
            """;
}
