package dev.wharfinger.server;

import dev.wharfinger.mcp.Headers;

import java.util.function.Supplier;

/** Whose credential a request carries. Asked for every request, sessions or not. */
@FunctionalInterface
public interface Admission {
    /** Decides from the header fields alone; a credential in a URL is never read. */
    Decision admit(Headers headers);

    /** Come in as this caller, or an HTTP status with its challenge; now, or later. */
    sealed interface Decision {
        /** A decision that was made. */
        sealed interface Settled extends Decision {
            @Override
            default Settled settled() {
                return this;
            }
        }

        /** {@code caller} is compared by {@code equals} with the one who opened a session. */
        record Admitted(Object caller) implements Settled {}

        /** 400, 401, 403 or 503 with the value of {@code WWW-Authenticate}, empty for none. */
        record Denied(int status, String challenge, String reason) implements Settled {}

        /** Somebody else must be asked first, up to some seconds: never on an I/O thread. */
        record Later(Supplier<Settled> decide) implements Decision {
            @Override
            public Settled settled() {
                return decide.get();
            }
        }

        /** The decision that is made, however long it takes. */
        Settled settled();
    }
}
