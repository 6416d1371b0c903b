package dev.wharfinger.console;

import dev.wharfinger.console.Visitors.Visitor;
import dev.wharfinger.journal.JournalEntry;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.tool.Card;
import dev.wharfinger.tool.Pending;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pages, as HTML. */
record Views(String project) {
    /** For whoever is not logged in yet. */
    String login(Address address) {
        String how =
                address.hasPasskeys()
                        ? """
                        <p>Touch the key with which you decide. There is no password.</p>
                        <p><button type="button" data-act="login"
                        data-site="%s">Sign in with a passkey</button></p>
                        <p role="status" class="said"></p>
                        <p>No passkey here yet? <a href="/enroll">Enrol one</a>. With an SSH key you
                        decide in a terminal: <code>wharf approve ID</code>.</p>
                        """
                                .formatted(Html.text(address.site()))
                        : elsewhere(address);
        return page("Sign in", Optional.empty(), "<h1>Sign in</h1>\n" + how);
    }

    /** Where passkeys are touched instead. */
    private static String elsewhere(Address address) {
        String links =
                address.own().stream()
                        .map(own -> "<a href=\"%1$s/\">%1$s/</a>".formatted(Html.text(own)))
                        .collect(Collectors.joining(" or "));
        return """
        <p>Passkeys are not touched at <code>%s</code>: open %s. Another address is named in
        <code>wharf.yaml</code>, as <code>server: { url: … }</code>.</p>
        """
                .formatted(Html.text(address.origin()), links);
    }

    /** Makes a passkey, and shows the line that somebody who keeps the rules enters. */
    String enroll(Address address) {
        String how =
                address.hasPasskeys()
                        ? """
                        <p>This makes a passkey for <strong>%1$s</strong>. It decides nothing until
                        those who decide now have accepted it.</p>
                        <form data-act="enroll" data-site="%1$s">
                        <label for="name">Your name, as it will stand beside decisions</label>
                        <input id="name" name="name" required pattern="[A-Za-z0-9._@+\\-]{1,64}"
                        autocomplete="username" autocapitalize="none" spellcheck="false">
                        <button>Make a passkey</button>
                        </form>
                        <p role="status" class="said"></p>
                        <div class="made" hidden>
                        <h2>Now tell the server</h2>
                        <p>Run <code class="command"></code> on its machine, and paste this:</p>
                        <pre tabindex="0" aria-label="Your key"></pre>
                        <p class="meta">It shows the same fingerprint:
                        <code class="fingerprint"></code></p>
                        <p>Then <code>wharf trust</code>: those who decide now decide about you.</p>
                        </div>
                        """
                                .formatted(Html.text(address.site()))
                        : elsewhere(address);
        return page("Enrol", Optional.empty(), "<h1>Enrol a passkey</h1>\n" + how);
    }

    /** Everything that waits. */
    String waiting(Visitor who, List<Pending> all) {
        var main = new StringBuilder("<h1>Waiting for a person</h1>\n");
        if (all.isEmpty()) {
            main.append("<p class=\"empty\">Nothing waits for you.</p>\n");
        }
        main.append("<ul class=\"waiting\" data-act=\"wait\">\n");
        for (Pending one : all) {
            main.append(
                    """
                    <li data-id="%1$s" data-state="%4$s %5$d">
                    <a href="/approve/%1$s"><strong>%2$s</strong>
                    <span class="meta">%3$s · %4$s · %5$d of %6$d · asked by %7$s
                    · until %8$s</span></a></li>
                    """
                            .formatted(
                                    Html.text(one.id()),
                                    Html.text(one.title()),
                                    one.kind().text(),
                                    Html.text(one.state()),
                                    one.given(),
                                    one.needed(),
                                    Html.text(one.requester()),
                                    minute(one.expires().toString())));
        }
        return page("Waiting", Optional.of(who), main.append("</ul>\n").toString());
    }

    /** What a person must see before deciding, and both ways to decide. */
    String card(Visitor who, Card card, Address address) {
        var main = new StringBuilder();
        main.append("<p class=\"kind\">").append(Html.text(card.kind())).append(" · ");
        main.append("<span class=\"state ").append(Html.text(card.state())).append("\">");
        main.append(Html.text(card.state())).append("</span></p>\n");
        main.append("<h1>").append(Html.text(card.title())).append("</h1>\n");
        main.append("<p class=\"meta\">asked by <strong>").append(Html.text(card.requester()));
        main.append("</strong> · until ").append(minute(card.expires())).append("</p>\n");
        main.append("<p class=\"walls ").append(Html.text(card.enforcement())).append("\">");
        main.append(walls(card.enforcement())).append("</p>\n");
        for (Card.Section section : card.sections()) {
            String name = section.name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
            main.append("<section class=\"").append(Html.text(name)).append("\">\n<h2>");
            main.append(Html.text(section.name())).append("</h2>\n");
            main.append(Html.list(section.lines())).append("</section>\n");
        }
        main.append(
                """
                <form class="decide" data-act="decide" data-id="%s" data-site="%s">
                <h2>Your decision, %s</h2>
                <label for="reason">Reason <span class="hint">(kept beside it)</span></label>
                <textarea id="reason" name="reason" rows="2" maxlength="500"></textarea>
                <div class="buttons">
                <button name="decision" value="approve">Approve</button>
                <button name="decision" value="deny" class="no">Deny</button>
                </div>
                <p role="status" class="said"></p>
                <p class="hint">Your key signs the digest above and the journal as it is now. In a
                terminal: <code>wharf approve %s</code>.</p>
                </form>
                """
                        .formatted(
                                Html.text(card.id()),
                                Html.text(address.site()),
                                Html.text(who.person().name().value()),
                                Html.text(card.id())));
        return page(card.title(), Optional.of(who), main.toString());
    }

    private static String walls(String enforcement) {
        return enforcement.equals("enforced")
                ? "Enforced: the agent cannot write state, targets or approvers."
                : "Advisory: the agent runs as the same user and could go round this server.";
    }

    /** Some entries of the book, newest first. */
    String journal(Visitor who, List<JournalEntry> entries, long size) {
        var main = new StringBuilder("<h1>Journal</h1>\n<p class=\"meta\">");
        main.append(size).append(" entries, newest first</p>\n");
        main.append("<ol class=\"journal\">\n");
        for (JournalEntry entry : entries) {
            JsonNode node = JsonTree.read(entry.line());
            main.append(
                    """
                    <li><details><summary><span class="index">%d</span> <strong>%s</strong>
                    <span class="meta">%s · %s</span></summary>
                    <pre tabindex="0">%s</pre></details></li>
                    """
                            .formatted(
                                    entry.index(),
                                    Html.text(node.path("type").asString("?")),
                                    minute(node.path("at").asString("")),
                                    Html.text(node.path("principal").asString("")),
                                    Html.text(node.toPrettyString())));
        }
        main.append("</ol>\n");
        long last = entries.isEmpty() ? 0 : entries.getLast().index();
        if (last > 0) {
            main.append("<p><a href=\"/journal?before=").append(last).append("\">Older</a></p>\n");
        }
        return page("Journal", Optional.of(who), main.toString());
    }

    /** Nothing is here. */
    String nothing(Optional<Visitor> who, String words) {
        return page("Nothing here", who, "<h1>Nothing here</h1>\n<p>" + Html.text(words) + "</p>");
    }

    private String page(String title, Optional<Visitor> who, String main) {
        return Html.page(title, project, who, main);
    }

    /** A time as people read it, to the minute, in UTC. */
    private static String minute(String time) {
        String shown = time.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d).*", "$1 $2 UTC");
        return "<time datetime=\"" + Html.text(time) + "\">" + Html.text(shown) + "</time>";
    }
}
