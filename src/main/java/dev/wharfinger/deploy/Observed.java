package dev.wharfinger.deploy;

import java.util.Optional;

/**
 * What the server itself saw at a target. Nothing that anybody says counts.
 *
 * @param version what the service tells, or what the running release is known as
 * @param release the digest that {@code current} leads to
 * @param pid the process that answers
 * @param healthy it answers, it is ours, and it runs the current release
 * @param detail one line for people; names what does not fit
 */
public record Observed(
        Optional<String> version,
        Optional<ArtifactDigest> release,
        Optional<Long> pid,
        boolean healthy,
        String detail) {}
