package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Passkey;
import dev.wharfinger.approval.Signatures;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.approval.SshPublicKey;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** What a real browser does with a passkey where another page asks, and how a no looks. */
class PasskeyBrowserTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";

    private final SoftKey berta = SoftKey.passkey("localhost");

    @TempDir Path folder;

    @BeforeEach
    void aBrowserIsHere() {
        assumeTrue(
                Browser.isHere() || System.getenv("CI") != null,
                "there is no Chromium: apt-get install chromium");
    }

    private static String question(ApprovedShop shop, String change) throws IOException {
        String yaml = shop.project().read("wharf.yaml");
        shop.project().write("wharf.yaml", yaml.replace("count: 1,", "count: 1, " + change + ","));
        return shop.ask("trust").path("data").path("ask").asString();
    }

    /** A page of somebody else on this machine. */
    private static HttpServer page(String html) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                call -> {
                    call.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    call.sendResponseHeaders(200, bytes.length);
                    call.getResponseBody().write(bytes);
                    call.close();
                });
        server.start();
        return server;
    }

    private static byte[] bytes(JsonNode made, String name) {
        return Base64.getUrlDecoder().decode(made.path(name).asString());
    }

    @Test
    void aPageThatAnAgentServesGetsATouchAndNothingForIt() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"));
                var served = ServedShop.start(shop.project());
                var browser = Browser.start(folder.resolve("profile"))) {
            browser.own(berta, "localhost");
            String id = question(shop, "four_eyes: false");
            ApprovalText text = shop.text(id, "approve", "berta");
            String challenge = Base64.getEncoder().encodeToString(Passkey.challenge(text));
            HttpServer fake = page("<!doctype html><title>Approve</title>");
            String origin = "http://localhost:" + fake.getAddress().getPort();
            browser.open(origin + "/approve/" + id);
            JsonNode made =
                    browser.eval(
                            """
                            (async () => {
                              const challenge = Uint8Array.from(atob('%s'), (c) => c.charCodeAt(0));
                              const made = await navigator.credentials.get({
                                publicKey: { challenge, rpId: 'localhost' } });
                              const text = (buffer) =>
                                btoa(String.fromCharCode(...new Uint8Array(buffer)))
                                  .replaceAll('+', '-').replaceAll('/', '_');
                              return {
                                data: text(made.response.authenticatorData),
                                client: text(made.response.clientDataJSON),
                                signature: text(made.response.signature) };
                            })()
                            """
                                    .formatted(challenge));
            fake.stop(0);
            String line = berta.line("berta");
            var key = SshPublicKey.ofLine(line.substring(line.indexOf("sk-"))).orElseThrow();
            var assertion =
                    new Passkey.Assertion(
                            bytes(made, "data"), bytes(made, "client"), bytes(made, "signature"));
            String signature = new Passkey(key).signature(origin, assertion);
            boolean touched =
                    Signatures.verify(text.text(), signature, Approvers.parse(line))
                            .fold(Signed::touched, _ -> false);
            assertThat(touched).as("the touch is real").isTrue();
            assertThat(shop.deliver(text.text(), signature)).isEqualTo("approval.mismatch");
            assertThat(shop.ask("pending").path("data").path("pending").path(0).path("given"))
                    .hasToString("0");
        }
    }

    private static String main(Browser browser) throws Exception {
        return browser.eval("document.querySelector('main').innerText").asString();
    }

    @Test
    void aLinkFromElsewhereLeadsToTheCardAndAPersonSaysNo() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED, berta.line("berta"));
                var served = ServedShop.start(shop.project());
                var browser = Browser.start(folder.resolve("profile"))) {
            browser.own(berta, "localhost");
            String site = "http://localhost:" + served.mcp().getPort();
            ApprovalPageTest.login(browser, served, "/");
            assertThat(main(browser)).contains("Nothing waits for you");
            Looks.at(browser, "empty");
            String id = question(shop, "four_eyes: true");
            browser.until("document.querySelector('.waiting a')"); // by itself
            browser.click("[data-act=logout]");
            browser.until("document.querySelector('[data-act=login]')");

            String link = site + "/approve/" + id;
            HttpServer chat = page("<!doctype html><a href=\"" + link + "\">decide</a>");
            String elsewhere = "http://127.0.0.1:" + chat.getAddress().getPort() + "/";
            browser.open(elsewhere);
            browser.click("a");
            browser.until(
                    "document.readyState === 'complete' &&"
                            + " document.querySelector('[data-act=login]')");
            browser.click("[data-act=login]");
            browser.until("document.querySelector('form.decide')");
            browser.open(elsewhere); // and now that she is signed in
            browser.click("a");
            browser.until( // with its styles: without them lines have no indents
                    "document.readyState === 'complete' && document.querySelector('form.decide')");
            chat.stop(0);
            assertThat(main(browser))
                    .contains("the rules as they stand now", "changed: wharf.yaml")
                    .contains("+    approvals: { count: 1, four_eyes: true");
            Looks.at(browser, "rules");

            browser.eval("document.querySelector('#reason').value = 'not <b>today</b>'");
            browser.click("button[value=deny]");
            browser.until("document.querySelector('.said').textContent.includes('denied')");
            assertThat(browser.eval("document.querySelector('.state').textContent").asString())
                    .isEqualTo("denied");
            Looks.at(browser, "denied");
            browser.open(link);
            assertThat(main(browser)).contains("no by berta, with a touch: not <b>today</b>");
            browser.open(site + "/approve/r_none");
            assertThat(main(browser)).contains("Nothing is asked under that name");
            Looks.at(browser, "nothing");
            browser.open("http://127.0.0.1:" + served.mcp().getPort() + "/");
            assertThat(main(browser)).contains("Passkeys are not touched at", site);
            Looks.at(browser, "elsewhere");
        }
    }
}
