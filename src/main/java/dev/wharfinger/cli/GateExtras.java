package dev.wharfinger.cli;

import dev.wharfinger.deploy.SmokeCheck;

import java.util.List;
import java.util.Optional;

/**
 * What single gates declare beside a command.
 *
 * @param ci the repository whose checks on the commit are asked
 * @param mayDiffer variables whose values may differ between staging and production
 * @param monitoring the monitoring's own address, which must answer
 */
public record GateExtras(
        Optional<GitHubChecks> ci, List<String> mayDiffer, Optional<SmokeCheck> monitoring) {
    /** Nothing declared. */
    public static final GateExtras NONE =
            new GateExtras(Optional.empty(), List.of(), Optional.empty());

    /** A repository {@code owner/name} on GitHub and the token that may read its checks. */
    public record GitHubChecks(String repository, Optional<String> token) {
        public GitHubChecks {
            if (!repository.matches("[A-Za-z0-9-]+/[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException(
                        "a repository reads like `owner/name`, not `" + repository + "`");
            }
        }

        /** Never shows the token. */
        @Override
        public String toString() {
            return "GitHubChecks[" + repository + "]";
        }
    }

    public GateExtras {
        mayDiffer = List.copyOf(mayDiffer);
    }
}
