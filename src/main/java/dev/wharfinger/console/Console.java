package dev.wharfinger.console;

import dev.wharfinger.console.Visitors.Visitor;
import dev.wharfinger.journal.Journal;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.tool.Card;
import dev.wharfinger.tool.Decisions;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The site for people: what waits, its card, a passkey's yes or no, the book. Whoever is logged in
 * sees; only a signature over the text decides, and it is made anew for each decision.
 */
public final class Console implements Site {
    private static final int ENTRIES = 40;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                    + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /**
     * What the site shows.
     *
     * @param outside the address by which people reach it, where it has one
     */
    public record Parts(
            String project, Optional<URI> outside, Decisions decisions, Journal journal) {}

    private final Parts parts;
    private final Visitors visitors;
    private final Views views;
    private final Api api;

    /**
     * @param random must be cryptographically strong: it makes logins
     */
    public Console(Parts parts, RandomGenerator random, InstantSource clock) {
        this.parts = parts;
        this.visitors = new Visitors(random, clock, parts.decisions()::approvers);
        var challenges = new Challenges(random, clock);
        this.views = new Views(parts.project());
        this.api =
                new Api(
                        parts.decisions(),
                        new PasskeyCalls(parts.decisions(), visitors, challenges));
    }

    @Override
    public Page answer(Ask ask) {
        Address address = Address.of(ask, parts.outside());
        Optional<Visitor> who = visitors.of(ask.cookie(PasskeyCalls.cookie(address)));
        Page page =
                ask.path().startsWith("/api/")
                        ? api.answer(ask, address, who)
                        : ask.isGet() ? show(ask, address, who) : Page.text(405, "only GET\n");
        return page.with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }

    private Page show(Ask ask, Address address, Optional<Visitor> who) {
        String path = ask.path();
        return switch (path) {
            case "/assets/console.css" -> asset("console.css", "text/css; charset=utf-8");
            case "/assets/console.js" -> asset("console.js", "text/javascript; charset=utf-8");
            case "/enroll" -> Page.html(200, views.enroll(address));
            default ->
                    isPage(path)
                            ? who.map(visitor -> shown(ask, address, visitor))
                                    .orElseGet(() -> Page.html(200, views.login(address)))
                            : Page.html(404, views.nothing(who, "There is no page " + path + "."));
        };
    }

    private static boolean isPage(String path) {
        return path.equals("/") || path.equals("/journal") || path.startsWith("/approve/");
    }

    private Page shown(Ask ask, Address address, Visitor who) {
        if (ask.path().equals("/")) {
            return Page.html(200, views.waiting(who, parts.decisions().pending()));
        }
        if (ask.path().equals("/journal")) {
            return journal(who, ask.query("before"));
        }
        Optional<Card> card = parts.decisions().card(ask.path().substring("/approve/".length()));
        return card.map(found -> Page.html(200, views.card(who, found, address)))
                .orElseGet(() ->
                        Page.html(
                                404,
                                views.nothing(
                                        Optional.of(who),
                                        "Nothing is asked under that name, or no more.")));
    }

    private Page journal(Visitor who, Optional<String> before) {
        long size = parts.journal().durableSize();
        long from =
                before.filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).orElse(size);
        List<JournalEntry> entries = new ArrayList<>();
        for (long i = Math.min(from, size) - 1; i >= 0 && entries.size() < ENTRIES; i--) {
            entries.add(parts.journal().entry(i));
        }
        return Page.html(200, views.journal(who, entries, size));
    }

    private static Page asset(String name, String type) {
        try (InputStream in = Console.class.getResourceAsStream("/wharfinger/console/" + name)) {
            if (in == null) {
                throw new IOException("it is not in the jar");
            }
            return Page.of(200, type, in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(name, e);
        }
    }

    /** Whose page delivered a decision: recorded, and no authority. */
    static Principal principal(Visitor who) {
        return new Principal("console:" + who.person().name().value());
    }
}
