package dev.wharfinger.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Signatures over approval texts: ours, and those of the real {@code ssh-keygen}. */
class SignaturesTest {
    private static final ApprovalText TEXT =
            new ApprovalText(
                    "shop",
                    "wharfinger.local/journal/shop",
                    812,
                    "qvQz0LqUVf2XsMQHzK6w0GzK8wH7tXo5nR0xkQy1yTA=",
                    Kind.PLAN,
                    Choice.APPROVE,
                    "production",
                    "1.4.2",
                    "a".repeat(64),
                    "b".repeat(64),
                    "anna",
                    "n_abcdefghijklmnopqrstuvwxyz",
                    Instant.parse("2026-11-27T10:00:00Z"));

    @TempDir Path folder;

    private static RuleId refused(Verdict<Signed> verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused<Signed>) verdict).refusals().getFirst().rule();
    }

    private static Signed granted(Verdict<Signed> verdict) {
        assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Granted.class);
        return ((Verdict.Granted<Signed>) verdict).grant();
    }

    private static Approvers anna(SoftKey key) {
        return Approvers.parse(key.line("anna"));
    }

    @ParameterizedTest
    @EnumSource
    void aTouchedSignatureOfAnApproverHolds(SoftKey.Type type) {
        SoftKey key = SoftKey.of(type);
        Signed signed = granted(Signatures.verify(TEXT.text(), key.sign(TEXT.text()), anna(key)));
        assertThat(signed.text()).isEqualTo(TEXT);
        assertThat(signed.by().name().value()).isEqualTo("anna");
        assertThat(signed.touched()).isEqualTo(type != SoftKey.Type.ED25519);
    }

    @ParameterizedTest
    @EnumSource
    void anUntouchedSignatureHoldsAndSaysSo(SoftKey.Type type) {
        SoftKey key = SoftKey.of(type);
        String made = key.sign(TEXT.text(), Signatures.NAMESPACE, false);
        assertThat(granted(Signatures.verify(TEXT.text(), made, anna(key))).touched()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theRealSshKeygenVerifiesWhatIsStored(SoftKey.Type type) throws Exception {
        SoftKey key = SoftKey.of(type);
        Path signers = Files.writeString(folder.resolve("signers"), key.line("anna") + "\n");
        Path made = Files.writeString(folder.resolve("made"), key.sign(TEXT.text()));
        assertThat(keygenVerifies(signers, made, TEXT.text())).isTrue();
        assertThat(keygenVerifies(signers, made, TEXT.text() + " ")).isFalse();
    }

    private boolean keygenVerifies(Path signers, Path signature, String text) throws Exception {
        Path input = Files.writeString(folder.resolve("text"), text);
        return keygen(
                        input,
                        "-Y",
                        "verify",
                        "-f",
                        signers.toString(),
                        "-I",
                        "anna",
                        "-n",
                        Signatures.NAMESPACE,
                        "-s",
                        signature.toString())
                == 0;
    }

    private static int keygen(Path input, String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "no ssh-keygen here");
        var words = new ArrayList<>(List.of("/usr/bin/ssh-keygen"));
        words.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(words)
                        .redirectInput(input.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void whatTheRealSshKeygenSignsHolds(String type) throws Exception {
        Path key = folder.resolve("key");
        Path text = Files.writeString(folder.resolve("text"), TEXT.text());
        Path nothing = Files.createFile(folder.resolve("nothing"));
        assertThat(keygen(nothing, "-q", "-t", type, "-N", "", "-f", key.toString())).isZero();
        int signed =
                keygen(
                        nothing,
                        "-Y",
                        "sign",
                        "-n",
                        Signatures.NAMESPACE,
                        "-f",
                        key.toString(),
                        text.toString());
        assertThat(signed).isZero();
        String pub = Files.readString(folder.resolve("key.pub"));
        SshPublicKey half = SshPublicKey.ofLine(pub).orElseThrow();
        assertThat(SshPublicKey.ofPrivate(Files.readString(key))).contains(half);
        var anna = Approvers.parse(half.signerLine(new ApproverName("anna")));
        String made = Files.readString(folder.resolve("text.sig"));
        assertThat(granted(Signatures.verify(TEXT.text(), made, anna)).touched()).isFalse();
    }

    @Test
    void aKeyThatIsNotEnrolledIsNobody() {
        SoftKey key = SoftKey.of(SoftKey.Type.SK_ED25519);
        Approvers other = anna(SoftKey.of(SoftKey.Type.SK_ED25519));
        assertThat(refused(Signatures.verify(TEXT.text(), key.sign(TEXT.text()), other)))
                .isEqualTo(RuleId.APPROVAL_UNKNOWN_APPROVER);
    }

    @Test
    void nobodySignsInAnothersName() {
        SoftKey key = SoftKey.of(SoftKey.Type.SK_ED25519);
        Approvers both =
                Approvers.parse(
                        key.line("berta") + "\n" + SoftKey.of(SoftKey.Type.ED25519).line("anna"));
        assertThat(refused(Signatures.verify(TEXT.text(), key.sign(TEXT.text()), both)))
                .isEqualTo(RuleId.APPROVAL_UNKNOWN_APPROVER);
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureForAnotherPurposeIsNone(SoftKey.Type type) {
        SoftKey key = SoftKey.of(type);
        for (String namespace : List.of("git", "file", "wharfinger-approval2", "")) {
            String made = key.sign(TEXT.text(), namespace, true);
            assertThat(refused(Signatures.verify(TEXT.text(), made, anna(key))))
                    .isEqualTo(RuleId.APPROVAL_MISMATCH);
        }
    }

    @Test
    void everyChangedFieldVoidsTheSignature() {
        SoftKey key = SoftKey.of(SoftKey.Type.SK_ECDSA);
        String made = key.sign(TEXT.text());
        List<String> lines = TEXT.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var others = new ArrayList<>(lines);
            others.set(i, lines.get(i).replaceFirst(".$", "_"));
            String text = String.join("\n", others) + "\n";
            assertThat(Signatures.verify(text, made, anna(key)))
                    .as(lines.get(i))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedSignatureIsNone(SoftKey.Type type) {
        SoftKey key = SoftKey.of(type);
        String armored = key.sign(TEXT.text());
        byte[] whole = Base64.getMimeDecoder().decode(inside(armored));
        long seed = System.nanoTime();
        System.out.println("damaged signatures: seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < whole.length; i++) {
            byte[] cut = java.util.Arrays.copyOf(whole, i);
            assertThat(Signatures.verify(TEXT.text(), armored(cut), anna(key)))
                    .as("cut at %d", i)
                    .isInstanceOf(Verdict.Refused.class);
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(Signatures.verify(TEXT.text(), armored(flipped), anna(key)))
                    .as("bit flipped at %d, seed %d", i, seed)
                    .isInstanceOf(Verdict.Refused.class);
        }
        byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 1);
        assertThat(Signatures.verify(TEXT.text(), armored(longer), anna(key)))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatIsNoSignatureIsNone() {
        SoftKey key = SoftKey.of(SoftKey.Type.ED25519);
        for (String none :
                List.of("", "x", "-----BEGIN SSH SIGNATURE-----\n!!\n", armored(new byte[0]))) {
            assertThat(refused(Signatures.verify(TEXT.text(), none, anna(key))))
                    .isEqualTo(RuleId.APPROVAL_MISMATCH);
        }
    }

    @Test
    void aTextIsReadOnlyAsItIsWritten() {
        assertThat(ApprovalText.parse(TEXT.text())).isEqualTo(Verdict.granted(TEXT));
        for (String other :
                List.of(
                        "",
                        TEXT.text() + "\n",
                        TEXT.text().strip(),
                        TEXT.text().replace("\n", "\r\n"),
                        TEXT.text().replace("size", "size "),
                        TEXT.text().replace("812", "0812"),
                        TEXT.text().replace("kind plan", "kind Plan"),
                        TEXT.text().replace("decision approve", "decision yes"),
                        TEXT.text().replace("2026-11-27T10:00:00Z", "2026-11-27T10:00Z"),
                        TEXT.text().replace("project shop\n", ""),
                        TEXT.text().replace("v1", "v2"))) {
            if (!other.equals(TEXT.text())) {
                assertThat(ApprovalText.parse(other)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void onlyWholeLinesForThisPurposeNameSomebody() {
        SoftKey key = SoftKey.of(SoftKey.Type.ED25519);
        String line = key.line("anna");
        assertThat(Approvers.parse(line).named(new ApproverName("anna"))).hasSize(1);
        assertThat(Approvers.parse(line.replace("anna ", "anna,root ")).all().getFirst().aliases())
                .containsExactly("root");
        for (String none :
                List.of(
                        "# " + line,
                        line.replace("wharfinger-approval", "git"),
                        line.replace("anna ", "*@example.com "),
                        line.replace("anna namespaces", "anna cert-authority,namespaces"),
                        line.replace(
                                "anna namespaces", "anna valid-before=\"20200101\",namespaces"),
                        line.replace("ssh-ed25519 AAAA", "ssh-ed25519 AAA*"),
                        line.replaceFirst("ssh-ed25519 ", "ssh-rsa "),
                        line.substring(0, line.length() - 4))) {
            assertThat(Approvers.parse(none).all()).as(none).isEmpty();
        }
    }

    private static String inside(String armored) {
        return armored.replaceAll("-----[A-Z ]+-----", "").strip();
    }

    private static String armored(byte[] bytes) {
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END SSH SIGNATURE-----\n";
    }
}
