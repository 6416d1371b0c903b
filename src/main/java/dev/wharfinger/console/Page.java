package dev.wharfinger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.shift.JsonTree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** One answer: its status, type, bytes, and headers beyond those that every answer has. */
public record Page(int status, String type, byte[] body, SequencedMap<String, String> headers) {
    public Page {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
    }

    /** Text of a line or more. */
    public static Page text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    /** Bytes of this type. */
    public static Page of(int status, String type, byte[] body) {
        return new Page(status, type, body, new LinkedHashMap<>());
    }

    static Page html(int status, String html) {
        return of(status, "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    static Page json(int status, Object json) {
        return of(status, "application/json", json.toString().getBytes(UTF_8));
    }

    /** A no, and why. */
    static Page no(int status, String why) {
        return json(status, JsonTree.object().put("error", why));
    }

    /** The same with one header more. */
    public Page with(String name, String value) {
        var more = new LinkedHashMap<String, String>(headers);
        more.put(name, value);
        return new Page(status, type, body, more);
    }
}
