package dev.wharfinger.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everybody who may decide, as an OpenSSH {@code allowed_signers} file tells. Whoever does not
 * stand there, or cannot be read, may not.
 */
public record Approvers(List<Approver> all) {
    /** Nobody. */
    public static final Approvers NONE = new Approvers(List.of());

    private static final Pattern LINE =
            Pattern.compile(
                    "(\\S+)\\s+(?:([a-z-]+(?:=\"[^\"]*\")?(?:,[a-z-]+(?:=\"[^\"]*\")?)*)\\s+)??"
                            + "((?:sk-)?(?:ssh|ecdsa)-[A-Za-z0-9@.-]+)\\s+([A-Za-z0-9+/]+={0,2})"
                            + "(?:\\s.*)?");

    public Approvers {
        all = List.copyOf(all);
    }

    /** The approvers of a file; lines that are none, or are for other namespaces, name nobody. */
    public static Approvers parse(String allowedSigners) {
        var all = new ArrayList<Approver>();
        for (String raw : allowedSigners.lines().toList()) {
            String line = raw.strip();
            var parts = LINE.matcher(line);
            if (line.startsWith("#") || !parts.matches()) {
                continue;
            }
            String options = parts.group(2) == null ? "" : parts.group(2);
            boolean ours =
                    !options.contains("namespaces=")
                            || options.contains("\"" + Signatures.NAMESPACE + "\"");
            boolean plain = !options.contains("cert-authority") && !options.contains("valid-");
            List<String> names = List.of(parts.group(1).split(","));
            Optional<SshPublicKey> key = SshPublicKey.ofLine(parts.group(3) + " " + parts.group(4));
            if (ours && plain && names.stream().allMatch(ApproverName::isName)) {
                key.map(known ->
                                new Approver(
                                        new ApproverName(names.getFirst()),
                                        names.subList(1, names.size()),
                                        known.type(),
                                        known.key()))
                        .ifPresent(all::add);
            }
        }
        return new Approvers(all);
    }

    /** The keys of this person; none where the person may not decide. */
    public List<Approver> named(ApproverName name) {
        return all.stream().filter(approver -> approver.name().equals(name)).toList();
    }
}
