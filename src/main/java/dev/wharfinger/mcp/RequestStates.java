package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client carries between two rounds of one request ({@code requestState}, SEP-2322): sealed
 * with AES-256-GCM, bound to the caller, the tool and its arguments, good for ten minutes and for
 * one use. The key lives as long as the process, and so does the list of what was used: a state of
 * an earlier process is as unknown as a forged one.
 */
final class RequestStates {
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 1024;
    private static final String REFUSED =
            "`requestState` is not ours for this call, is too old, or was used before; send the"
                    + " call without it";

    private final RandomGenerator random;
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Map<String, Instant> used = new HashMap<>();

    /** States of one process; {@code random} must be cryptographically strong. */
    RequestStates(RandomGenerator random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "AES");
    }

    /** A state for the next round of this call. */
    String seal(String caller, String tool, ObjectNode arguments) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        long until = clock.instant().plus(LIFE).toEpochMilli();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, binding(caller, tool, arguments))
                            .doFinal(ByteBuffer.allocate(Long.BYTES).putLong(until).array());
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Uses a state up for this call; the error where it is none of ours, too old, or used. */
    synchronized Optional<RpcError> spend(
            String state, String caller, String tool, ObjectNode arguments) {
        Instant now = clock.instant();
        used.values().removeIf(now::isAfter);
        if (state.length() > LONGEST) {
            return Optional.of(RpcError.invalidParams(REFUSED));
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(state);
            if (all.length <= NONCE) {
                return Optional.of(RpcError.invalidParams(REFUSED));
            }
            byte[] opened =
                    cipher(
                                    Cipher.DECRYPT_MODE,
                                    Arrays.copyOf(all, NONCE),
                                    binding(caller, tool, arguments))
                            .doFinal(all, NONCE, all.length - NONCE);
            Instant until = Instant.ofEpochMilli(ByteBuffer.wrap(opened).getLong());
            String nonce = HexFormat.of().formatHex(all, 0, NONCE);
            if (now.isAfter(until) || used.putIfAbsent(nonce, until) != null) {
                return Optional.of(RpcError.invalidParams(REFUSED));
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of(RpcError.invalidParams(REFUSED));
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /** What a state holds for, and for nothing else. */
    private static byte[] binding(String caller, String tool, ObjectNode arguments)
            throws GeneralSecurityException {
        ObjectNode bound = JsonNodeFactory.instance.objectNode();
        bound.put("caller", caller).put("tool", tool).set("arguments", sorted(arguments));
        return MessageDigest.getInstance("SHA-256").digest(JsonBytes.of(bound));
    }

    /** The same tree with every object's keys in one order: a client may write them in another. */
    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var keys = new TreeMap<String, JsonNode>();
            node.properties().forEach(one -> keys.put(one.getKey(), sorted(one.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            keys.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(one -> array.add(sorted(one)));
            return array;
        }
        return node;
    }
}
