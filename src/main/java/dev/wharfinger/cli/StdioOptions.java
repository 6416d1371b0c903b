package dev.wharfinger.cli;

import dev.wharfinger.persona.PersonaName;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code wharf stdio} is told on its command line. Read without picocli, whose classes no AOT
 * cache can hold: an agent waits for this command, and picocli alone takes longer than the JVM.
 *
 * @param root as {@link PlaceOptions} has it
 * @param state as {@link PlaceOptions} has it
 * @param readOnly no tool that changes anything is listed or runs
 */
record StdioOptions(
        Optional<String> root, Optional<String> state, PersonaName persona, boolean readOnly) {
    private static final PersonaName USUAL = new PersonaName("deploy");
    private static final List<String> KNOWN =
            List.of("--root", "--persona", "--state", "--read-only");

    /**
     * Reads {@code [--root DIR] [--persona NAME] [--state DIR] [--read-only]}; a value may also
     * follow {@code =}.
     *
     * @throws CommandFailed as wrong usage
     */
    static StdioOptions parse(List<String> arguments) throws CommandFailed {
        Optional<String> root = Optional.empty();
        Optional<String> state = Optional.empty();
        PersonaName persona = USUAL;
        boolean readOnly = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.equals("--read-only") && equals < 0) {
                readOnly = true;
                continue;
            }
            if (!KNOWN.contains(name) || name.equals("--read-only")) {
                throw usage(Setting.unknown("unknown argument", argument, KNOWN));
            }
            String value = equals < 0 ? following(name, rest) : argument.substring(equals + 1);
            switch (name) {
                case "--root" -> root = Optional.of(value);
                case "--state" -> state = Optional.of(value);
                default -> persona = persona(value);
            }
        }
        return new StdioOptions(root, state, persona, readOnly);
    }

    private static String following(String name, Iterator<String> rest) throws CommandFailed {
        if (!rest.hasNext()) {
            throw usage("`" + name + "` needs a value");
        }
        return rest.next();
    }

    private static PersonaName persona(String value) throws CommandFailed {
        try {
            return new PersonaName(value);
        } catch (IllegalArgumentException refused) {
            throw usage("no persona has the name `" + value + "`");
        }
    }

    private static CommandFailed usage(String words) {
        return new CommandFailed(
                ExitCode.USAGE,
                words
                        + "\nUsage: wharf stdio [--root DIR] [--persona NAME] [--state DIR]"
                        + " [--read-only]");
    }
}
