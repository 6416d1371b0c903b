package dev.wharfinger.workspace;

/** Who made or entered a commit: a name and an address, as Git writes them. */
public record Person(String name, String email) {
    public Person {
        if (name.isBlank() || !isPlain(name) || !isPlain(email)) {
            throw new IllegalArgumentException(
                    "a person is one line without angle brackets: " + name + ", " + email);
        }
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '<' || c == '>');
    }
}
