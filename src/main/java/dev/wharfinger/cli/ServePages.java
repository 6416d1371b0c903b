package dev.wharfinger.cli;

import dev.wharfinger.call.Tally;
import dev.wharfinger.console.Ask;
import dev.wharfinger.console.Page;
import dev.wharfinger.console.Site;
import dev.wharfinger.policy.Rules;

import java.util.Locale;

/** The probes and figures of a running server. They tell numbers and names, and nothing inside. */
record ServePages(Keeper keeper) implements Site {
    @Override
    public Page answer(Ask ask) {
        return switch (ask.path()) {
            case "/healthz" -> Page.text(200, "alive\n");
            case "/readyz" -> ready();
            case "/metrics" ->
                    Page.of(
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            metrics().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> Page.text(404, "nothing is served here\n");
        };
    }

    /** Ready means that a deployment could begin: the journal takes entries, the rules act. */
    private Page ready() {
        if (keeper.recorder().journal().stopped()) {
            return Page.text(503, "the journal has stopped\n");
        }
        return switch (keeper.rules().look()) {
            case Rules.Accepted _ -> Page.text(200, "ready\n");
            case Rules.Missing _ -> Page.text(503, "there is no wharf.yaml\n");
            case Rules.Stale _ -> Page.text(503, "new rules are accepted: start again\n");
            case Rules.Changed _ -> Page.text(503, "the rules have changed: wharf trust\n");
        };
    }

    private String metrics() {
        var text = new StringBuilder();
        Tally tally = keeper.door().tally();
        head(text, "wharf_calls_total", "counter", "Answered calls by tool and answer.");
        tally.calls()
                .forEach((key, count) -> {
                    String[] parts = key.split("\n");
                    line(
                            text,
                            "wharf_calls_total{tool=\""
                                    + parts[0]
                                    + "\",answer=\""
                                    + parts[1]
                                    + "\"}",
                            count);
                });
        head(text, "wharf_refusals_total", "counter", "Refusals by rule.");
        tally.refusals()
                .forEach((rule, count) ->
                        line(text, "wharf_refusals_total{rule=\"" + rule + "\"}", count));
        head(text, "wharf_call_seconds", "histogram", "How long calls took.");
        for (int i = 0; i < Tally.BOUNDS.length; i++) {
            line(
                    text,
                    "wharf_call_seconds_bucket{le=\"" + Tally.BOUNDS[i] + "\"}",
                    tally.within(i));
        }
        long all = tally.within(Tally.BOUNDS.length);
        line(text, "wharf_call_seconds_bucket{le=\"+Inf\"}", all);
        text.append("wharf_call_seconds_sum ")
                .append(String.format(Locale.ROOT, "%.6f", tally.seconds()))
                .append('\n');
        line(text, "wharf_call_seconds_count", all);
        var state = keeper.recorder().state();
        gauge(text, "wharf_journal_entries", "Entries of the journal.", state.size());
        gauge(
                text,
                "wharf_journal_stopped",
                "1 where the journal takes nothing more.",
                keeper.recorder().journal().stopped() ? 1 : 0);
        gauge(text, "wharf_open_shifts", "Shifts that are open.", state.openShifts().size());
        gauge(
                text,
                "wharf_waiting_decisions",
                "What waits for a person.",
                keeper.tools().decisions().pending().size());
        gauge(
                text,
                "wharf_unfinished_deployments",
                "Deployments that have begun and not ended.",
                state.unfinished().size());
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        head(text, name, "gauge", help);
        line(text, name, value);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
