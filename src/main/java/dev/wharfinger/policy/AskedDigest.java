package dev.wharfinger.policy;

import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;

/** The digests by which people are asked: of exactly what would be done, told by its parts. */
public final class AskedDigest {
    private AskedDigest() {}

    /** To write this one path in this one shift. */
    public static String lane(ShiftId shift, WorkspacePath path) {
        return of("lane", shift.value(), path.toString());
    }

    /** To write exactly these bytes there. */
    public static String content(WorkspacePath path, ContentHash content) {
        return of("content", path.toString(), content.hex());
    }

    /** To take this request, which the charter leaves out, to that environment. */
    public static String scope(String request, String environment) {
        return of("scope", request, environment);
    }

    /** Of these parts in their order; each says its length, so that no two lists are alike. */
    public static String of(String... parts) {
        var text = new StringBuilder("wharf-question v1\n");
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            text.append(bytes.length).append(' ').append(part).append('\n');
        }
        return ContentHash.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
