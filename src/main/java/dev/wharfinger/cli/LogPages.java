package dev.wharfinger.cli;

import dev.wharfinger.call.Caller;
import dev.wharfinger.console.Ask;
import dev.wharfinger.console.Page;
import dev.wharfinger.console.Site;
import dev.wharfinger.journal.Journal;
import dev.wharfinger.journal.TilePath;
import dev.wharfinger.server.Admission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The log for witnesses and monitors, under {@code /log/} as <a
 * href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a> lays it out: the checkpoint and the tree's
 * hashes for everybody who reaches the server, since they tell nothing but how the log grows; the
 * entries for an auditor's token.
 */
record LogPages(Journal journal, Admission admission) implements Site {
    private static final String PLACE = "/log/";
    private static final String BYTES = "application/octet-stream";

    @Override
    public Page answer(Ask ask) {
        if (!ask.path().startsWith(PLACE)) {
            return Page.text(404, "nothing is served here\n");
        }
        if (!ask.method().equals("GET")) {
            return Page.text(405, "the log is read with GET\n").with("Allow", "GET");
        }
        String name = ask.path().substring(PLACE.length());
        if (name.equals("checkpoint")) {
            return Page.text(200, journal.checkpoint().note());
        }
        Optional<TilePath> path = TilePath.parse(name);
        if (path.isEmpty()) {
            return Page.text(404, "no such tile\n");
        }
        return path.get().level() == TilePath.ENTRIES ? entries(ask, path.get()) : tile(path.get());
    }

    private Page entries(Ask ask, TilePath path) {
        Admission.Decision decision =
                admission.admit(name ->
                        Optional.ofNullable(ask.headers().get(name.toLowerCase(Locale.ROOT)))
                                .map(List::of)
                                .orElse(List.of()));
        return switch (decision.settled()) {
            case Admission.Decision.Denied(var status, var challenge, var reason) -> {
                Page no = Page.text(status, reason + "\n");
                yield challenge.isEmpty() ? no : no.with("WWW-Authenticate", challenge);
            }
            case Admission.Decision.Admitted(var caller) ->
                    caller instanceof Caller someone
                                    && someone.persona().name().value().equals("auditor")
                            ? tile(path)
                            : Page.text(403, "entries are for an auditor's token\n");
        };
    }

    private Page tile(TilePath path) {
        return journal.tile(path)
                .map(bytes -> Page.of(200, BYTES, bytes))
                .orElseGet(() -> Page.text(404, "the log is not so large\n"));
    }
}
