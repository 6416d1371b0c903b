package dev.wharfinger.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

class SecretHashTest {
    /** The example of FIPS 180-2, appendix B.1. */
    private static final String OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void itIsTheSha256OfTheSecretWrittenInHex() {
        assertThat(SecretHash.of("abc")).hasToString(OF_ABC);
        assertThat(SecretHash.parse(OF_ABC)).isEqualTo(SecretHash.of("abc"));
        assertThat(SecretHash.parse("0".repeat(63) + "1")).hasToString("0".repeat(63) + "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ba7816bf",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
            })
    void whatIsNotSixtyFourDigitsOfLowerHexIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SecretHash.parse(text));
    }

    @Test
    void oneBitMoreOrLessIsAnother() {
        SecretHash hash = SecretHash.of("abc");
        assertThat(hash.matches(SecretHash.parse(OF_ABC))).isTrue();
        for (int bit = 0; bit < 256; bit++) {
            String other =
                    "%064x"
                            .formatted(
                                    new BigInteger(OF_ABC, 16).xor(BigInteger.ONE.shiftLeft(bit)));
            assertThat(hash.matches(SecretHash.parse(other))).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void aFileOfTokensKnowsItsSecretAndNoOther(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokens");
        Files.writeString(
                file,
                OF_ABC
                        + " a deploy ann -\n"
                        + OF_ABC.toUpperCase(Locale.ROOT)
                        + " b deploy ann -\n");
        var tokens = new TokenFile(file);
        assertThat(tokens.all()).extracting(Token::name).containsExactly("a");
        assertThat(tokens.of("abc")).map(Token::name).contains("a");
        assertThat(tokens.of("abd")).isEmpty();
    }
}
