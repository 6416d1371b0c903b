package dev.wharfinger.console;

/** What is served beside MCP. May wait for the project's lock; never on an I/O thread. */
@FunctionalInterface
public interface Site {
    /** How long a request's body may be, in bytes. */
    int LONGEST = 64 << 10;

    /** The answer to a request; a page of status 404 where nothing is. */
    Page answer(Ask ask);

    /** Nothing at all. */
    static Site none() {
        return _ -> Page.text(404, "nothing is served here; MCP is at /mcp\n");
    }

    /** This, and the other where this has nothing. */
    default Site or(Site other) {
        return ask -> {
            Page page = answer(ask);
            return page.status() == 404 ? other.answer(ask) : page;
        };
    }
}
