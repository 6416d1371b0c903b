package dev.wharfinger.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A state that a client carries holds for its caller, its call, its time, and once. */
class RequestStatesTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
    private final RequestStates states = new RequestStates(new SecureRandom(), now::get);
    private final String sealed = states.seal("anna deploy", "deploy", arguments("p_1"));

    private static ObjectNode arguments(String plan) {
        return JsonNodeFactory.instance.objectNode().put("shift", "s_1").put("plan", plan);
    }

    private Optional<RpcError> spend(String state) {
        return states.spend(state, "anna deploy", "deploy", arguments("p_1"));
    }

    @Test
    void aStateIsGoodOnce() {
        assertThat(spend(sealed)).isEmpty();
        assertThat(spend(sealed)).map(RpcError::code).contains(RpcError.INVALID_PARAMS);
        assertThat(spend(states.seal("anna deploy", "deploy", arguments("p_1")))).isEmpty();
    }

    @Test
    void anotherCallerToolOrArgumentIsRefusedAndUsesNothingUp() {
        assertThat(states.spend(sealed, "ben deploy", "deploy", arguments("p_1"))).isPresent();
        assertThat(states.spend(sealed, "anna test", "deploy", arguments("p_1"))).isPresent();
        assertThat(states.spend(sealed, "anna deploy", "rollback", arguments("p_1"))).isPresent();
        assertThat(states.spend(sealed, "anna deploy", "deploy", arguments("p_2"))).isPresent();
        assertThat(spend(sealed)).isEmpty();
    }

    @Test
    void theOrderInWhichAClientWritesItsArgumentsIsNoOtherCall() {
        ObjectNode turned =
                JsonNodeFactory.instance.objectNode().put("plan", "p_1").put("shift", "s_1");
        assertThat(states.spend(sealed, "anna deploy", "deploy", turned)).isEmpty();
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] forged = bytes.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            String state = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
            assertThat(spend(state)).as("bit %d", bit).isPresent();
        }
        assertThat(spend(sealed)).isEmpty();
    }

    @Test
    void aStateEndsAfterTenMinutesAlsoForTheListOfThoseThatWereUsed() {
        now.set(now.get().plus(RequestStates.LIFE));
        assertThat(spend(sealed)).isEmpty();
        now.set(now.get().plus(Duration.ofMillis(1)));
        assertThat(spend(sealed)).isPresent();
    }

    @Test
    void aStateOfAnotherProcessIsAsUnknownAsAForgedOne() {
        var other = new RequestStates(new SecureRandom(), now::get);
        assertThat(other.spend(sealed, "anna deploy", "deploy", arguments("p_1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!!", "AAAA", "AAAAAAAAAAAAAAAA", "%00", "Ünlesbar"})
    void whatIsNoStateAtAllIsRefused(String nonsense) {
        assertThat(spend(nonsense)).isPresent();
        assertThat(spend(nonsense + "A".repeat(5000))).isPresent();
    }
}
