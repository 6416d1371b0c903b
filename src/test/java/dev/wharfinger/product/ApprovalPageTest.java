package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.approval.SshPublicKey;
import dev.wharfinger.journal.JournalReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The pages for people in a real browser: a passkey is enrolled, logs in, and decides. */
class ApprovalPageTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";

    @TempDir Path folder;

    @BeforeEach
    void aBrowserIsHere() {
        assumeTrue(
                Browser.isHere() || System.getenv("CI") != null,
                "there is no Chromium: apt-get install chromium");
    }

    private static String pages(ServedShop served) {
        return "http://localhost:" + served.mcp().getPort();
    }

    /** Makes a passkey on the page, and gives back the line that it shows. */
    static String enrol(Browser browser, ServedShop served, String name) throws Exception {
        browser.open(pages(served) + "/enroll");
        Looks.at(browser, "enroll");
        browser.eval("document.querySelector('#name').value = " + Browser.quoted(name));
        browser.click("form button");
        browser.until("document.querySelector('.made').hidden === false");
        assertThat(browser.eval("document.querySelector('.command').textContent").asString())
                .isEqualTo("wharf approver add " + name + " --passkey");
        Looks.at(browser, "enrolled");
        String line = browser.eval("document.querySelector('.made pre').textContent").asString();
        assertThat(browser.eval("document.querySelector('.fingerprint').textContent").asString())
                .isEqualTo(SshPublicKey.ofLine(line).orElseThrow().fingerprint());
        return line;
    }

    private static int add(ApprovedShop shop, String name, String line) throws Exception {
        Process process =
                StdioClient.wharf(
                                List.of(
                                        "approver",
                                        "add",
                                        name,
                                        "--passkey",
                                        "--root",
                                        shop.project().root().toString(),
                                        "--state",
                                        shop.project().state().toString()))
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.outputWriter().append(line).append('\n').close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Those who decide now accept the new approvers. */
    private static void accept(ApprovedShop shop) throws Exception {
        String question = shop.ask("trust").path("data").path("ask").asString();
        String yes = shop.text(question, "approve", "anna").text();
        assertThat(shop.deliver(yes, shop.anna().sign(yes))).isEmpty();
    }

    static void login(Browser browser, ServedShop served, String path) throws Exception {
        browser.open(pages(served) + path);
        browser.click("[data-act=login]");
        browser.until("document.querySelector('[data-act=logout]')");
    }

    private static String said(Browser browser) throws Exception {
        browser.until("document.querySelector('.said').textContent");
        return browser.eval("document.querySelector('.said').textContent").asString();
    }

    @Test
    void aPasskeyIsEnrolledLogsInAndLetsProductionIn() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED);
                var browser = Browser.start(folder.resolve("profile"))) {
            String line;
            try (var served = ServedShop.start(shop.project())) {
                line = enrol(browser, served, "berta");
                browser.open(pages(served) + "/");
                Looks.at(browser, "login");
                browser.click("[data-act=login]");
                browser.until("document.querySelector('.said.bad')");
                assertThat(said(browser)).contains("none of the accepted approvers");

                assertThat(add(shop, "berta", line.replace("sk-ecdsa", "ssh"))).isEqualTo(2);
                assertThat(add(shop, "berta", line)).isZero();
                browser.eval("document.querySelector('.said').textContent = ''");
                browser.click("[data-act=login]");
                browser.until("document.querySelector('.said.bad')");
                assertThat(said(browser)).contains("none of the accepted approvers");
                accept(shop);
                assertThat(served.terminate()).isTrue();
            }
            shop.prove();
            try (var served = ServedShop.start(shop.project());
                    var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                assertThat(deploy.call("deploy", "plan", plan).toString())
                        .contains("waiting_for_approval");
                login(browser, served, "/");
                assertThat(browser.eval("document.querySelector('main').innerText").asString())
                        .contains("1.0.1 to production", "0 of 1");
                Looks.at(browser, "waiting");
                browser.click(".waiting a");
                browser.until("document.querySelector('form.decide')");
                Looks.at(browser, "approve");
                assertThat(browser.eval("document.querySelector('main').innerText").asString())
                        .contains("FIRST DEPLOYMENT", plan, "asked by", "Advisory");
                thesePagesCannotBeSpokenFor(browser, served, plan);
                browser.click("button[value=approve]");
                browser.until("document.querySelector('.said').textContent.includes('approved')");
                assertThat(said(browser)).contains("approved " + plan + " as berta");
                browser.open(pages(served) + "/journal");
                browser.until("document.querySelectorAll('.journal li').length > 20");
                browser.click(".journal summary");
                Looks.at(browser, "journal");
                JsonNode live = deploy.call("deploy", "plan", plan);
                assertThat(live.path("structuredContent").path("state").asString())
                        .as("%s", live)
                        .isEqualTo("done");
                assertThat(served.terminate()).isTrue();
            }
            sshKeygenVerifiesIt(shop);
            assertThat(JournalReader.open(shop.project().state()).verify().isVerified()).isTrue();
        }
    }

    /** Neither another site, nor a page without its token, nor a text that was changed. */
    private void thesePagesCannotBeSpokenFor(Browser browser, ServedShop served, String plan)
            throws Exception {
        String call =
                """
                (async () => {
                  const answer = await fetch(%s, { method: 'POST', headers: %s, body: %s });
                  return answer.status + ' ' + await answer.text();
                })()
                """;
        String token = "{ 'Content-Type': 'application/json', 'X-Wharf-CSRF': csrf() }";
        String body = "JSON.stringify({ id: '" + plan + "', decision: 'approve' })";
        String text = "'/api/passkey/text'";
        assertThat(
                        browser.eval(call.formatted(text, token.replaceAll(", 'X.*()", " }"), body))
                                .asString())
                .startsWith("403");
        assertThat(browser.eval(call.formatted(text, token, body)).asString()).startsWith("200");
        var elsewhere =
                HttpRequest.newBuilder(URI.create(pages(served) + "/api/passkey/text"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        var http = HttpClient.newHttpClient();
        var strings = HttpResponse.BodyHandlers.ofString();
        assertThat(http.send(elsewhere.build(), strings).statusCode()).isEqualTo(401);
        elsewhere.header("Origin", "https://evil.example");
        assertThat(http.send(elsewhere.build(), strings).statusCode()).isEqualTo(403);

        aSignatureIsForOneTextAndOnce(browser, plan);
        browser.open(pages(served) + "/approve/" + plan); // the new login has a new token
    }

    private static void aSignatureIsForOneTextAndOnce(Browser browser, String plan)
            throws Exception {
        String touched =
                """
                (async () => {
                  const site = 'localhost';
                  const sign = await post('/api/passkey/text', { id: '%s', decision: 'deny' });
                  const made = await touch(sign.challenge, site);
                  const tell = async (more) => {
                    const said = { ...more, reason: '' };
                    try { return (await post('/api/passkey/decide', said)).said; }
                    catch (no) { return no.message; }
                  };
                  const text = sign.text.replace('decision deny', 'decision approve');
                  const other = { ...made, text };
                  return [await tell(other), await tell({ ...made, text: sign.text }),
                      await tell({ ...made, text: sign.text })];
                })()
                """
                        .formatted(plan);
        JsonNode answers = browser.eval(touched);
        assertThat(answers.path(0).asString()).contains("approval.mismatch");
        assertThat(answers.path(1).asString()).contains("denied " + plan);
        assertThat(answers.path(2).asString()).contains("approval.spent");
        String login =
                """
                (async () => {
                  const { challenge } = await post('/api/challenge', {});
                  const made = await touch(challenge, 'localhost');
                  const tell = async () => {
                    try { return (await post('/api/login', { challenge, ...made })).name; }
                    catch (no) { return no.message; }
                  };
                  return [await tell(), await tell()];
                })()
                """;
        JsonNode logins = browser.eval(login);
        assertThat(logins.path(0).asString()).isEqualTo("berta");
        assertThat(logins.path(1).asString()).contains("used");
    }

    /** What the browser signed is an SSH signature like any other. */
    private void sshKeygenVerifiesIt(ApprovedShop shop) throws Exception {
        List<JsonNode> decisions = new ArrayList<>();
        JournalReader.open(shop.project().state())
                .walk(entry -> {
                    JsonNode node = StdioClient.JSON.readTree(entry.line());
                    if (node.path("approver").asString("").equals("berta")) {
                        decisions.add(node);
                    }
                });
        assertThat(decisions).hasSize(2);
        for (JsonNode made : decisions) {
            Path signature = folder.resolve("made.sig");
            Files.writeString(signature, made.path("signature").asString());
            assertThat(made.path("signature").asString()).contains("BEGIN SSH SIGNATURE");
            Process verify =
                    new ProcessBuilder(
                                    "ssh-keygen",
                                    "-Y",
                                    "verify",
                                    "-f",
                                    shop.project().state().resolve("approvers").toString(),
                                    "-I",
                                    "berta",
                                    "-n",
                                    "wharfinger-approval",
                                    "-s",
                                    signature.toString())
                            .redirectErrorStream(true)
                            .start();
            verify.outputWriter().append(made.path("text").asString()).close();
            String out = new String(verify.getInputStream().readAllBytes());
            assertThat(verify.waitFor()).as(out).isZero();
            assertThat(out).contains("Good \"wharfinger-approval\" signature for berta");
        }
    }
}
