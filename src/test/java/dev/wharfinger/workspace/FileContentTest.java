package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {
    private static final WorkspacePath PATH = WorkspacePath.of("a");

    @Test
    void textIsUtf8WithoutNul() {
        assertThat(of("gr\u00fc\u00df".getBytes(UTF_8)).isText()).isTrue();
        assertThat(of(new byte[0]).isText()).isTrue();
        assertThat(of(new byte[] {'a', 0}).isText()).isFalse();
        assertThat(of(new byte[] {(byte) 0xc0, (byte) 0xaf}).isText()).isFalse();
        assertThat(of(new byte[] {(byte) 0xfc}).isText()).isFalse();
    }

    @Test
    void equalContentAtOnePathIsEqual() {
        assertThat(of(new byte[] {1})).isEqualTo(of(new byte[] {1}));
        assertThat(of(new byte[] {1})).isNotEqualTo(of(new byte[] {2}));
    }

    @Test
    void theHashIsSha256() {
        assertThat(ContentHash.of("abc".getBytes(UTF_8)))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void otherTextIsNoHash(String text) {
        assertThatThrownBy(() -> new ContentHash(text)).hasMessageContaining(text);
        assertThatThrownBy(() -> new SourceDigest(text)).hasMessageContaining(text);
        assertThatThrownBy(() -> new CommitId(text)).hasMessageContaining(text);
    }

    private static FileContent of(byte[] bytes) {
        return FileContent.of(PATH, bytes);
    }
}
