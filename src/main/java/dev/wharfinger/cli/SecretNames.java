package dev.wharfinger.cli;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Names of environment variables that look as if their values were secrets. */
final class SecretNames {
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(?:TOKEN|SECRET|PASSWO?R?D|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY"
                            + "|PRIVATE_?KEY|SIGNING_?KEY|DATABASE_URL|DSN|_PAT$|_AUTH$).*");

    /** They name files, sockets or numbers, and hold no secret. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)SSH_AUTH_SOCK|XAUTHORITY|.*_(?:FILE|PATH|DIR|LIMIT|COUNT|TTL)");

    private SecretNames() {}

    static List<String> in(Collection<String> names) {
        return names.stream()
                .filter(name -> SECRET.matcher(name).matches())
                .filter(name -> !HARMLESS.matcher(name).matches())
                .sorted()
                .toList();
    }
}
