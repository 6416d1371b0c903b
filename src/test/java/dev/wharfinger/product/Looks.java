package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a page looks: no finding of axe-core, nothing that is cut off, and a picture on a phone, on a
 * desktop, and in the dark, for people to look at in {@code target/pictures}. Those that the
 * documentation shows are written with {@code -Dwharf.pictures=docs/images} too.
 */
final class Looks {
    private static final String AXE = "axe-core@4.10.3";
    private static final Path PICTURES = Path.of("target/pictures");
    private static final Set<String> SHOWN =
            Set.of("approve-phone", "approve-phone-dark", "approve-desktop", "rules-desktop-dark");

    private Looks() {}

    static void at(Browser browser, String name) throws Exception {
        Files.createDirectories(PICTURES);
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(390, 1100)) {
                browser.look(width, 844, dark);
                String which = name + (width < 600 ? "-phone" : "-desktop") + (dark ? "-dark" : "");
                byte[] picture = browser.picture();
                Files.write(PICTURES.resolve(which + ".png"), picture);
                Optional<String> docs = Optional.ofNullable(System.getProperty("wharf.pictures"));
                if (docs.isPresent() && SHOWN.contains(which)) {
                    Files.createDirectories(Path.of(docs.get()));
                    Files.write(Path.of(docs.get(), which + ".png"), picture);
                }
                JsonNode overflow =
                        browser.eval("document.documentElement.scrollWidth - innerWidth");
                assertThat(overflow.asInt()).as("%s is wider than its screen", which).isZero();
                assertThat(findings(browser)).as(which).isEmpty();
            }
        }
    }

    private static List<String> findings(Browser browser) throws Exception {
        Optional<String> axe = axe();
        if (axe.isEmpty()) {
            return List.of();
        }
        browser.eval(axe.get() + "; true");
        var found = new ArrayList<String>();
        browser.eval("axe.run().then((all) => all.violations)")
                .forEach(one ->
                        found.add(
                                one.path("id").asString()
                                        + ": "
                                        + one.path("nodes").path(0).path("failureSummary")
                                        + " "
                                        + one.path("nodes").path(0).path("html")));
        return found;
    }

    /** The checker, fetched once by npm; nothing where there is no npm and this is not CI. */
    private static Optional<String> axe() throws IOException, InterruptedException {
        Optional<Path> folder = Npm.with("axe", AXE);
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Files.readString(folder.get().resolve("node_modules/axe-core/axe.min.js")));
    }
}
