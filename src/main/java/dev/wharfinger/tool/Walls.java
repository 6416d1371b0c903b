package dev.wharfinger.tool;

import dev.wharfinger.persona.Principal;

/**
 * Whether the walls hold against whoever calls: looked at whenever somebody asks, never configured.
 */
public interface Walls {
    /** {@code enforced} or {@code advisory}, against whoever has this credential. */
    String against(Principal principal);
}
