package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one URL and takes at most 1 MiB for an answer, in a given time, body included. It follows no
 * redirect, uses no proxy, and sends nothing but the question.
 */
final class Http {
    static final long MOST_BYTES = 1L << 20;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();

    record Answer(int status, HttpHeaders headers, byte[] body, Duration took) {
        boolean isSuccess() {
            return status >= 200 && status <= 299;
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    /**
     * The answer.
     *
     * @throws IOException with a message for people where there was none, or a larger one
     */
    Answer get(URI url, Duration within) throws IOException {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(within)
                        .header("User-Agent", "wharfinger")
                        .GET()
                        .build();
        long started = System.nanoTime();
        var answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            // The request's own timeout ends with the headers; this one covers the body too.
            HttpResponse<byte[]> got = answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(
                    got.statusCode(),
                    got.headers(),
                    got.body(),
                    Duration.ofNanos(System.nanoTime() - started));
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + within.toMillis() + " ms", slow);
        } catch (ExecutionException failed) {
            throw new IOException(reason(failed.getCause(), within), failed);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static String reason(
            @org.jspecify.annotations.Nullable Throwable cause, Duration within) {
        return switch (cause) {
            case java.net.http.HttpTimeoutException slow ->
                    "no answer within " + within.toMillis() + " ms";
            case java.net.ConnectException refused -> "no connection";
            case null -> "no answer";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }
}
