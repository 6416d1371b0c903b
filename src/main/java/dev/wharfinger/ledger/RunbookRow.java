package dev.wharfinger.ledger;

import java.time.Instant;

/** One deployment as DEPLOYMENT_RUNBOOK.md records it. Empty text where a part is not known. */
public record RunbookRow(
        Instant at,
        String version,
        String environment,
        String commit,
        String artifact,
        String outcome,
        String previous,
        String by,
        String notes) {}
