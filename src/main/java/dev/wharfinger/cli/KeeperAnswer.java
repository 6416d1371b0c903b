package dev.wharfinger.cli;

import tools.jackson.databind.JsonNode;

/** Prints what the keeper answered to a command, and gives its exit code. */
record KeeperAnswer(Terminal terminal, JsonNode node) {
    /** The answer's data as one line of JSON, or its text on the stream that fits. */
    ExitCode print(OutputFormat format) {
        ExitCode code = code();
        if (format == OutputFormat.JSON) {
            terminal.out().println(node);
        } else if (!node.path("text").asString("").isEmpty()) {
            (code == ExitCode.DONE ? terminal.out() : terminal.err())
                    .println(node.path("text").asString());
        }
        return code;
    }

    ExitCode code() {
        int number = node.path("exit").asInt(ExitCode.BUG.number());
        for (ExitCode code : ExitCode.values()) {
            if (code.number() == number) {
                return code;
            }
        }
        return ExitCode.BUG;
    }

    JsonNode data() {
        return node.path("data");
    }
}
