package dev.wharfinger.rule;

/** Who can change what a refusal found. */
public sealed interface Opener {
    /** The caller, by another call. */
    record You() implements Opener {}

    /** Another persona, by its command: {@code /test}. */
    record Persona(String command) implements Opener {
        public Persona {
            if (!command.startsWith("/")) {
                throw new IllegalArgumentException("a persona's command begins with /: " + command);
            }
        }
    }

    /** A person. No call can stand in for one. */
    record Human() implements Opener {}

    /** Nobody; it passes. */
    record Time() implements Opener {}

    Opener YOU = new You();
    Opener HUMAN = new Human();
    Opener TIME = new Time();

    /** As clients see it: {@code you}, {@code persona:/test}, {@code human} or {@code time}. */
    default String text() {
        return switch (this) {
            case You() -> "you";
            case Persona(var command) -> "persona:" + command;
            case Human() -> "human";
            case Time() -> "time";
        };
    }
}
