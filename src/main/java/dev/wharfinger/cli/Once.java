package dev.wharfinger.cli;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes its value at the first asking and keeps it: what a quick start does not need waits. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> make;
    private Optional<T> made = Optional.empty();

    private Once(Supplier<T> make) {
        this.make = make;
    }

    static <T> Once<T> of(Supplier<T> make) {
        return new Once<>(make);
    }

    @Override
    public synchronized T get() {
        T value = made.orElseGet(make);
        made = Optional.of(value);
        return value;
    }
}
