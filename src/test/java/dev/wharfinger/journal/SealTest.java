package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.SplittableRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The seal is HMAC-SHA256 as the JDK computes it, and holds over nothing else. */
class SealTest {
    private static final long SEED = 20261126L;

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    @Test
    void aSealIsTheHmacUnderTheHmacOfItsPurpose() throws GeneralSecurityException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 300; round++) {
            byte[] secret = new byte[1 + random.nextInt(64)];
            byte[] text = new byte[random.nextInt(300)];
            random.nextBytes(secret);
            random.nextBytes(text);
            byte[] key = hmac(secret, "for tests".getBytes(UTF_8));
            assertThat(Seal.of(secret, "for tests").over(text))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(Base64.getEncoder().encodeToString(hmac(key, text)));
        }
    }

    @Test
    void aSealHoldsOverItsBytesForItsPurposeUnderItsKeyAndOverNoOther() {
        byte[] secret = "thirty-two bytes of a secret key".getBytes(UTF_8);
        byte[] text = "the fold".getBytes(UTF_8);
        String mark = Seal.of(secret, "a").over(text);
        assertThat(Seal.of(secret, "a").holds(mark, "the ".getBytes(UTF_8), "fold".getBytes(UTF_8)))
                .isTrue();
        assertThat(Seal.of(secret, "a").holds(mark, "the folD".getBytes(UTF_8))).isFalse();
        assertThat(Seal.of(secret, "b").holds(mark, text)).isFalse();
        byte[] other = secret.clone();
        other[0] ^= 1;
        assertThat(Seal.of(other, "a").holds(mark, text)).isFalse();
        assertThat(Seal.of(secret, "a").holds("", text)).isFalse();
    }
}
