package dev.wharfinger.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command {@code wharf}: finds the command that is asked for, runs it, and turns whatever
 * happens into an exit code.
 */
@Command(
        name = "wharf",
        description =
                "Keeps the wharf: agents ship only what is proved, and it stands in the book.",
        versionProvider = Wharf.Version.class,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        scope = ScopeType.INHERIT,
        footer = {
            "",
            "Exit codes: 0 done, 1 the answer is no, 2 usage, 3 configuration,",
            "4 the world failed, 70 a bug, 74 the journal cannot be written."
        })
final class Wharf implements Callable<ExitCode> {
    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "How the answer is printed: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Spec private CommandSpec spec = CommandSpec.create();

    private Wharf() {}

    /** Runs one command line and answers with its exit code; never throws. */
    static ExitCode run(Terminal terminal, String... arguments) {
        var errors = new Errors(terminal);
        try {
            CommandLine line = commandLine(terminal);
            line.setExecutionExceptionHandler((failure, _, _) -> errors.codeOf(failure).number());
            return exitCode(line.execute(arguments));
        } catch (RuntimeException | LinkageError | StackOverflowError bug) {
            return errors.codeOf(bug);
        }
    }

    /** Every command, in the order in which {@code wharf --help} lists them. */
    private static List<Object> commands(Terminal terminal, Wharf wharf) {
        return List.of(
                new InitCommand(terminal, wharf),
                new DoctorCommand(terminal, wharf),
                new StdioCommand(terminal),
                new ServeCommand(terminal),
                new TokenCommand(terminal, wharf),
                new StatusCommand(terminal, wharf),
                new ShiftCommand(terminal, wharf),
                new ApproveCommand(terminal, wharf),
                new DenyCommand(terminal, wharf),
                new ApproverCommand(terminal, wharf),
                new TrustCommand(terminal, wharf),
                new RollbackCommand(terminal, wharf),
                new ProveCommand(terminal, wharf),
                new LintCommand(terminal, wharf),
                new JournalCommand(terminal, wharf),
                new DemoCommand(terminal, wharf));
    }

    @Override
    public ExitCode call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** How the answer is to be printed; commands ask when they print. */
    OutputFormat output() {
        return output;
    }

    private static CommandLine commandLine(Terminal terminal) {
        var wharf = new Wharf();
        var line = new CommandLine(wharf);
        commands(terminal, wharf).forEach(line::addSubcommand);
        return line.setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(_ -> ExitCode.USAGE.number())
                .setParameterExceptionHandler((wrong, _) -> usage(terminal, wrong))
                .setExecutionStrategy(Wharf::execute);
    }

    /** A wrong command line: what is wrong, the nearest right word, and where to look. */
    private static int usage(Terminal terminal, ParameterException wrong) {
        CommandLine where = wrong.getCommandLine();
        terminal.err().println("wharf: " + wrong.getMessage());
        var words = new PrintWriter(terminal.err(), true);
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, words)) {
            String name = where.getCommandSpec().qualifiedName();
            terminal.err().println("Try `" + name + " --help`.");
        }
        return ExitCode.USAGE.number();
    }

    /** Picocli maps results to numbers by an interface of its own; ours are {@link ExitCode}s. */
    private static int execute(CommandLine.ParseResult parsed) {
        CommandLine.IExecutionStrategy last = new CommandLine.RunLast();
        int helped = last.execute(parsed);
        var commands = parsed.asCommandLineList();
        Object result = commands.getLast().getExecutionResult();
        return result instanceof ExitCode code ? code.number() : helped;
    }

    private static ExitCode exitCode(int number) {
        for (ExitCode code : ExitCode.values()) {
            if (code.number() == number) {
                return code;
            }
        }
        throw new IllegalStateException("no exit code has the number " + number);
    }

    /** The version of the jar; classes that run outside of a jar have none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Wharf.class.getPackage().getImplementationVersion();
            return new String[] {"wharf " + Optional.ofNullable(version).orElse("(unpacked)")};
        }
    }
}
