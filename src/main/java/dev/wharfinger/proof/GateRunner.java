package dev.wharfinger.proof;

import dev.wharfinger.command.CommandResult;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.proof.GateResult.Outcome;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.workspace.Workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Proves gates: runs a gate's declared command in a clean checkout and reads what it wrote, or
 * reads reports that were handed in. A pass needs both, an exit of 0 and reports that say so; tests
 * and security are never proved by an exit code alone.
 */
public final class GateRunner {
    private final CommandRunner commands;

    public GateRunner(CommandRunner commands) {
        this.commands = commands;
    }

    /**
     * Runs the gate's command in that folder, a checkout that nothing else uses.
     *
     * @throws IOException where the command could not be started
     */
    public GateResult run(
            GateSettings settings, Path checkout, Redactor redactor, BooleanSupplier cancelled)
            throws IOException {
        if (settings.command().isEmpty()) {
            return unusable(settings, "no command is declared for it", Optional.empty());
        }
        CommandSpec spec =
                new CommandSpec(settings.command().get(), settings.env(), settings.limit());
        try (Workspace files = Workspace.open(checkout)) {
            FreshReports fresh = FreshReports.before(files, settings.reports());
            CommandResult result = commands.run(spec, checkout, redactor, cancelled);
            if (cancelled.getAsBoolean()) {
                return unusable(settings, "it was cancelled", Optional.of(result));
            }
            if (result.timedOut()) {
                String why = "it was not done within " + settings.limit().toSeconds() + " s";
                return unusable(settings, why, Optional.of(result));
            }
            return judge(settings, fresh.after(), Optional.of(result));
        } catch (Unusable unusable) {
            return unusable(settings, unusable.reason(), Optional.empty());
        }
    }

    /** Reads reports that somebody handed in; nothing is run. */
    public static GateResult read(GateSettings settings, List<ReportFile> reports) {
        return judge(settings, reports, Optional.empty());
    }

    private static GateResult judge(
            GateSettings settings, List<ReportFile> reports, Optional<CommandResult> ran) {
        boolean ended = ran.map(CommandResult::succeeded).orElse(true);
        String exit = ran.map(result -> "the command ended with " + result.exit()).orElse("");
        if (reports.isEmpty()) {
            if (!settings.reports().isEmpty() || ran.isEmpty()) {
                String why = "no report was written that matches " + settings.reports();
                return unusable(settings, ended ? why : why + "; " + exit, ran);
            }
            if (needsReports(settings.gate())) {
                return unusable(
                        settings, "`reports` is not declared: an exit counts no tests", ran);
            }
            return result(settings, ended ? Outcome.PASS : Outcome.FAIL, exit, ran);
        }
        GateReports read = GateReports.read(settings.gate(), reports);
        boolean pass = read.pass(settings.blockLevel()) && ended;
        String why = read.text();
        if (!read.refusals().isEmpty()) {
            why = read.refusals().getFirst().reason();
        } else if (!ended && read.pass(settings.blockLevel())) {
            why = exit + " although its reports are clean (" + why + ")";
        } else if (!ended) {
            why = why + "; " + exit;
        }
        Outcome outcome = pass ? Outcome.PASS : Outcome.FAIL;
        return new GateResult(
                settings.gate(),
                read.refusals().isEmpty() ? outcome : Outcome.UNUSABLE,
                read.tests().map(TestReport::counts),
                read.scan().map(ScanReport::counts),
                why,
                read.findings(),
                ran.map(CommandResult::output).orElse(""),
                reports,
                ran.map(CommandResult::took).orElse(Duration.ZERO));
    }

    private static boolean needsReports(GateId gate) {
        return gate.equals(GateId.TEST) || gate.equals(GateId.SECURITY);
    }

    private static GateResult unusable(
            GateSettings settings, String why, Optional<CommandResult> ran) {
        return result(settings, Outcome.UNUSABLE, why, ran);
    }

    private static GateResult result(
            GateSettings settings, Outcome outcome, String why, Optional<CommandResult> ran) {
        return new GateResult(
                settings.gate(),
                outcome,
                Optional.empty(),
                Optional.empty(),
                why,
                List.of(),
                ran.map(CommandResult::output).orElse(""),
                List.of(),
                ran.map(CommandResult::took).orElse(Duration.ZERO));
    }

    /** The refusal for an attempt that shows nothing. */
    public static Refusal refusal(GateResult result) {
        return Unusable.refusal(result.gate() + "'s reports", result.why(), 0);
    }
}
