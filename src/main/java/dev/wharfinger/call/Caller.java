package dev.wharfinger.call;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.Principal;

/**
 * Who calls. The credential decided the persona and the principal before this object was made; no
 * argument of a call can change either. {@code client} is what the program on the other side says
 * of itself: shown, never believed.
 */
public record Caller(Principal principal, Persona persona, boolean readOnly, String client) {}
