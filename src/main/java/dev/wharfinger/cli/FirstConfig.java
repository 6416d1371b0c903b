package dev.wharfinger.cli;

import java.util.List;
import java.util.Optional;

/**
 * The first {@code wharf.yaml} of a project: what was found, and what is left for people to say.
 */
record FirstConfig(String project, Optional<BuildTool> tool) {
    private static final String TEMPLATE =
            """
            # Wharfinger's rules for this project. Every key: docs/configuration.md
            project: %s
            %sgates:
            %s  # security: { command: [...], reports: [out.sarif] }   # a scanner that writes SARIF
              security: { applies: false, because: "no scanner was found; declare one" }
              ci: { applies: false, because: "not looked for; declare a command" }
              # For production:
              ux: { applies: false, because: "not looked for; declare a command" }
              monitoring: { applies: false, because: "not looked for; declare its address" }
            # environments:
            #   staging:
            #     target:
            #       local:
            #         dir: %s
            #         start: [./run, --port, "8081"]
            #         health: http://127.0.0.1:8081/healthz
            #     smoke:
            #       - http: { url: "http://127.0.0.1:8081/", status: 200 }
            """;

    String yaml() {
        String name = project.matches("[a-z][a-z0-9-]*") ? project : "\"" + project + "\"";
        return TEMPLATE.formatted(name, artifact(), test(), "/srv/" + project + "/staging");
    }

    private String artifact() {
        return tool.map(found ->
                        "artifact:\n  build: %s\n  path: %s\n"
                                .formatted(found.build(), quoted(found.artifact())))
                .orElse("");
    }

    /** A lone dot is a number to no reader, but looks like a slip. */
    private static String quoted(String path) {
        return path.equals(".") ? "\".\"" : path;
    }

    private String test() {
        Optional<String> reports = tool.flatMap(BuildTool::reports);
        if (tool.isPresent() && reports.isPresent()) {
            return "  test: { command: %s, reports: [\"%s\"] }\n"
                    .formatted(tool.get().test(), reports.get());
        }
        String command = tool.map(BuildTool::hint).orElse("[...]");
        return """
          # Without this gate nothing ships: a command that writes JUnit XML.
          # test: { command: %s, reports: ["reports/*.xml"] }
        """
                .formatted(command);
    }

    /** What a person does next, until something runs in staging. */
    List<String> steps(boolean clients) {
        String build =
                tool.isEmpty()
                        ? "declare `artifact` (what is built and shipped) and `gates.test`: no"
                                + " build tool was found"
                        : tool.get().reports().isPresent()
                                ? "check `artifact` and `gates.test`, which follow "
                                        + tool.get().file()
                                : "check `artifact`, which follows "
                                        + tool.get().file()
                                        + ", and declare `gates.test`: a command that writes JUnit"
                                        + " XML";
        return List.of(
                "",
                "Three things to your first staging deployment:",
                "  1. In wharf.yaml, " + build + ".",
                "  2. There too, take the # from `environments.staging`, and say how the service is"
                        + " started and where its health is.",
                "  3. `wharf trust`, then commit wharf.yaml and the ledger: a release is built from"
                        + " a commit.",
                clients
                        ? "Then open the client and ask it to ship: /test, /security and /deploy do"
                                + " the rest. `wharf doctor` says what is missing."
                        : "Then tell your client, `wharf init --client claude-code` (or cursor,"
                                + " vscode, …). `wharf doctor` says what is missing.");
    }
}
