package dev.wharfinger.deploy;

import java.io.IOException;
import java.util.List;

/**
 * Runs an environment's smoke tests and says what each saw. It changes nothing and can be run at
 * any time.
 */
public final class SmokeTests {
    private static final int SHOWN = 120;

    private final Http http;

    public SmokeTests() {
        this(new Http());
    }

    SmokeTests(Http http) {
        this.http = http;
    }

    /** Every smoke test of the environment, in order, the failed ones too. */
    public List<SmokeResult> run(EnvironmentSettings environment) {
        return run(environment.smoke());
    }

    /** These, in order. */
    public List<SmokeResult> run(List<SmokeCheck> checks) {
        return checks.stream().map(this::run).toList();
    }

    private SmokeResult run(SmokeCheck check) {
        long started = System.nanoTime();
        try {
            var answer = http.get(check.url(), check.within());
            var millis = answer.took().toMillis();
            if (answer.status() != check.status()) {
                return new SmokeResult(check, false, "status " + answer.status(), millis);
            }
            var missing = check.contains().filter(text -> !answer.text().contains(text));
            var observed =
                    missing.map(text ->
                                    "status %d without \"%s\": %s"
                                            .formatted(answer.status(), text, shown(answer.text())))
                            .orElse("status " + answer.status());
            return new SmokeResult(check, missing.isEmpty(), observed, millis);
        } catch (IOException unanswered) {
            var millis = (System.nanoTime() - started) / 1_000_000;
            return new SmokeResult(check, false, String.valueOf(unanswered.getMessage()), millis);
        }
    }

    /** An answer is material: its beginning on one line, without anything that moves a cursor. */
    static String shown(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(SHOWN)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
