package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code wharf serve} behind a real authorization server, from the first token to the last. */
class AuthorizationServerTest {
    @TempDir Path folder;

    private static ServedShop served(ApprovedShop shop, int port, Path log) throws IOException {
        return ServedShop.start(shop.project(), port, ProcessBuilder.Redirect.to(log.toFile()));
    }

    @Test
    void tokensOfARealServerLetInAndLeaveNoTrace() throws Exception {
        int port = AuthorizationServer.freePort();
        String here = "http://127.0.0.1:" + port + "/mcp";
        Optional<AuthorizationServer> started = AuthorizationServer.start(here);
        assumeTrue(started.isPresent(), "there is no npm, so no authorization server");
        Path log = folder.resolve("stderr.txt");
        try (AuthorizationServer issuer = started.orElseThrow();
                var shop =
                        ApprovedShop.serving(
                                Files.createDirectory(folder.resolve("project")),
                                "url: \"http://127.0.0.1:%d\", oauth: { issuer: \"%s\" }"
                                        .formatted(port, issuer.issuer()));
                var served = served(shop, port, log)) {
            var shown = new ArrayList<String>();
            use(new TokenHolder(served), served, issuer, here, shown);
            rotate(new TokenHolder(served), issuer, here, shown);
            assertThat(served.terminate()).isTrue();
            List<String> traces = traces(shown, shop.project().state(), log);
            assertThat(traces).isEmpty();
            assertThat(String.join("\n", served.rest())).doesNotContain("eyJ");
            assertThat(found("oauth:ci@ci", shop.project().state()))
                    .as("the principal is there, so the search finds what is")
                    .isNotEmpty();
        }
    }

    private static void use(
            TokenHolder holder,
            ServedShop served,
            AuthorizationServer issuer,
            String here,
            List<String> shown)
            throws Exception {
        String token = shown(shown, issuer.token(here, "persona:deploy"));
        HttpResponse<String> list = holder.ask("Bearer " + token);
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("plan_deploy").doesNotContain("record_proof");
        String tester = shown(shown, issuer.token(here, "persona:test"));
        assertThat(holder.ask("Bearer " + tester).body())
                .contains("record_proof")
                .doesNotContain("plan_deploy");
        served.call(token, "begin_shift", Map.of("request", "Ship it"));
        assertThat(StdioClient.rule(served.call(tester, "deploy", Map.of("plan", "p"))))
                .isEqualTo("tool.not-yours");
        String elsewhere = shown(shown, issuer.token(here + "/other", "persona:deploy"));
        assertThat(holder.ask("Bearer " + elsewhere).statusCode()).isEqualTo(401);
        String both = shown(shown, issuer.token(here, "persona:deploy persona:test"));
        assertThat(holder.ask("Bearer " + both).statusCode()).isEqualTo(403);
        String cut = shown(shown, token.substring(0, token.length() - 9));
        for (HttpResponse<String> no :
                List.of(
                        holder.ask("Bearer " + cut),
                        holder.ask("Bearer " + cut, "Bearer " + token),
                        holder.ask("Bearer " + token + " " + token),
                        holder.askAt("/mcp?access_token=" + token),
                        holder.askAt("/none?access_token=" + token))) {
            assertThat(no.statusCode()).isBetween(400, 405);
            assertThat(no.body() + no.headers().map()).doesNotContain(parts(token).getLast());
        }
    }

    /** Once half a minute is over since the keys were fetched last, the new one counts. */
    private static void rotate(
            TokenHolder holder, AuthorizationServer issuer, String here, List<String> shown)
            throws Exception {
        String before = shown(shown, issuer.token(here, "persona:deploy"));
        assertThat(holder.ask("Bearer " + before).statusCode()).isEqualTo(200);
        issuer.rotate();
        String after = shown(shown, issuer.token(here, "persona:deploy"));
        long begun = System.nanoTime();
        int status = holder.ask("Bearer " + after).statusCode();
        while (status == 401 && System.nanoTime() - begun < Duration.ofSeconds(45).toNanos()) {
            Thread.sleep(500);
            status = holder.ask("Bearer " + after).statusCode();
        }
        System.out.printf(
                "a new key counts %d ms after the first try%n",
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
        assertThat(status).isEqualTo(200);
        assertThat(holder.ask("Bearer " + before).statusCode()).isEqualTo(401);
    }

    private static String shown(List<String> all, String token) {
        all.add(token);
        return token;
    }

    private static List<String> parts(String token) {
        return List.of(token.split("\\."));
    }

    /** Where any part of these tokens stands: headers are alike, so claims and signatures. */
    private static List<String> traces(List<String> tokens, Path state, Path log) {
        return tokens.stream()
                .flatMap(token -> parts(token).stream().skip(1))
                .flatMap(part ->
                        Stream.concat(found(part, state).stream(), found(part, log).stream()))
                .toList();
    }

    private static List<String> found(String text, Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
