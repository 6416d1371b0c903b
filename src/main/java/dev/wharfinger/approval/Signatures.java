package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Verifies SSH signatures over approval texts, in plain Java. */
public final class Signatures {
    /** What the signatures are for; a signature for anything else is none. */
    public static final String NAMESPACE = "wharfinger-approval";

    private Signatures() {}

    /** Whose signature this is, and of what; refused where it is nobody's who may decide. */
    public static Verdict<Signed> verify(String text, String armored, Approvers approvers) {
        return ApprovalText.parse(text).then(parsed -> verify(parsed, armored, approvers));
    }

    private static Verdict<Signed> verify(ApprovalText text, String armored, Approvers approvers) {
        SshSignature signature;
        try {
            signature = SshSignature.parse(armored);
        } catch (IllegalArgumentException e) {
            return mismatch("it is no SSH signature");
        }
        if (!signature.namespace().equals(NAMESPACE)) {
            return mismatch("it was made for `" + signature.namespace() + "`");
        }
        String key = Base64.getEncoder().encodeToString(signature.key());
        List<Approver> holders =
                approvers.all().stream().filter(one -> one.key().equals(key)).toList();
        if (holders.isEmpty()) {
            return unknown("The key that signed belongs to none of the accepted approvers.");
        }
        List<Approver> named =
                holders.stream().filter(one -> one.name().value().equals(text.approver())).toList();
        if (named.isEmpty()) {
            return unknown("`" + text.approver() + "` does not own the key that signed.");
        }
        try {
            byte[] blob = blob(signature.hash(), text.text().getBytes(UTF_8));
            var made = new SshKey(signature.key()).verify(blob, signature.signature());
            return made.holds()
                    ? Verdict.granted(new Signed(text, named.getFirst(), made.touched()))
                    : mismatch("the signature is not over this text");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return mismatch("the signature cannot be read");
        }
    }

    /** What an SSH signature over a message is made over (PROTOCOL.sshsig). */
    static byte[] blob(String hash, byte[] message) {
        return blob(NAMESPACE, hash, message);
    }

    static byte[] blob(String namespace, String hash, byte[] message) {
        try {
            byte[] digest = MessageDigest.getInstance(hash(hash)).digest(message);
            return SshWire.joined(
                    SshWire.ascii("SSHSIG"),
                    SshWire.strings(
                            SshWire.ascii(namespace), new byte[0], SshWire.ascii(hash), digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String name) {
        return switch (name) {
            case "sha512" -> "SHA-512";
            case "sha256" -> "SHA-256";
            default -> throw new IllegalArgumentException("hash " + name);
        };
    }

    private static Verdict<Signed> mismatch(String how) {
        return Verdict.refused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.APPROVAL_MISMATCH,
                        "The signature does not hold: " + how + ".",
                        "Tell the user: sign the text that `wharf approve` shows, unchanged."));
    }

    private static Verdict<Signed> unknown(String reason) {
        return Verdict.refused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.APPROVAL_UNKNOWN_APPROVER,
                        reason,
                        "Tell the user to enrol with `wharf approver add NAME`, then run `wharf"
                                + " trust`."));
    }
}
