package dev.wharfinger.mcp;

import java.util.List;
import java.util.Optional;

/** The header fields of one HTTP request, as far as MCP looks at them. */
@FunctionalInterface
public interface Headers {
    /** All values of one field, names compared without case, in the order of the request. */
    List<String> all(String name);

    /** The field's value without outer blanks, unless it is absent or occurs more than once. */
    default Optional<String> one(String name) {
        List<String> values = all(name);
        return values.size() == 1 ? Optional.of(values.getFirst().strip()) : Optional.empty();
    }
}
