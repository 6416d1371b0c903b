package dev.wharfinger.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One rule of the house.
 *
 * @param name what holds, as a sentence
 * @param instead what to do where it does not
 * @param finds the places that break it, each as one line of text
 */
record HouseRule(String name, String instead, Function<JavaClasses, Stream<String>> finds) {
    private static final int SHOWN = 20;

    List<String> breaches(JavaClasses classes) {
        return finds.apply(classes).distinct().sorted().toList();
    }

    /** What a failing build shows: the rule, the first places, and the way out. */
    String report(List<String> breaches) {
        int shown = Math.min(SHOWN, breaches.size());
        String more = shown < breaches.size() ? "\n  … " + breaches.size() + " in all" : "";
        return name
                + "\n  "
                + String.join("\n  ", breaches.subList(0, shown))
                + more
                + "\nInstead: "
                + instead;
    }

    @Override
    public String toString() {
        return name;
    }
}
