package dev.wharfinger.policy;

import java.util.List;

/**
 * Leave to do what people were asked about, once: so many as are needed said yes to exactly this,
 * or nobody had to be asked. Minted only in policy; spent in the journal before the effect.
 *
 * @param by the people who said yes
 * @param nonces of their approvals, which are used up with this grant
 * @param advisory whether one of them proved no human touch
 */
public record DecidedGrant(
        Subject subject, List<String> by, List<String> nonces, boolean advisory) {
    public DecidedGrant {
        by = List.copyOf(by);
        nonces = List.copyOf(nonces);
    }
}
