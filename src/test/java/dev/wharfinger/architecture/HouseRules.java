package dev.wharfinger.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;

import dev.wharfinger.architecture.House.Row;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every rule that compiled classes can break, made from the tables of one house. */
final class HouseRules {
    private static final Set<String> BANNED_PACKAGES =
            Set.of("util", "common", "core", "model", "internal", "json");
    private static final List<String> BANNED_SUFFIXES =
            List.of("Manager", "Util", "Utils", "Helper", "Impl", "Base");
    private static final Set<String> MAY_PRINT = Set.of("cli", "server");
    private static final Set<String> MAY_ASK_THE_TIME = Set.of("cli");

    private final House house;

    HouseRules(House house) {
        this.house = house;
    }

    List<HouseRule> all() {
        return Stream.concat(placing().stream(), making().stream()).toList();
    }

    /** Where code stands and what it reaches for. */
    private List<HouseRule> placing() {
        return List.of(
                rule(
                        "A package uses only the packages of its row",
                        "move the code to the noun it serves, pass a value down, or declare an"
                                + " interface where it is used. Change docs/architecture.md only if"
                                + " the design changes.",
                        classes -> outward(classes).filter(this::isWrongArrow).map(this::arrow)),
                rule(
                        "An outside library stays in its package",
                        "let the package that owns the library offer what is needed as a noun of"
                                + " its own; a new library needs a row in docs/architecture.md and"
                                + " docs/dependencies.md.",
                        classes -> outward(classes).filter(this::isStray).map(this::stray)),
                rule(
                        "Processes are started only in `command`",
                        "declare the argument list and let command.CommandRunner or"
                                + " command.Services run it.",
                        classes ->
                                calls(
                                        classes,
                                        (from, to) -> isExec(to) && !from.equals("command"))),
                rule(
                        "Every package stands in the table, and the root holds Main alone",
                        "put the class into the package of the noun that it serves; a new package"
                                + " needs a row in docs/architecture.md.",
                        classes ->
                                classes.stream().map(JavaClass::getName).filter(this::isHomeless)),
                rule(
                        "No package or class is named after nothing",
                        "name the noun: no package util, common, core, model, internal, json; no"
                                + " class …Manager, …Util, …Helper, …Impl, …Base.",
                        classes ->
                                classes.stream()
                                        .filter(this::isNamedBadly)
                                        .map(JavaClass::getName)));
    }

    /** What code makes and touches. */
    private List<HouseRule> making() {
        return List.of(
                rule(
                        "A grant is made only in `policy`",
                        "ask policy for a verdict and take the grant out of Verdict.Granted; in a"
                                + " lower package take the grant as a parameter.",
                        this::grantsMadeElsewhere),
                rule(
                        "Time comes in through the constructor",
                        "take a java.time.InstantSource or Clock; only cli makes the system's one."
                                + " For a duration use System.nanoTime.",
                        classes ->
                                calls(
                                        classes,
                                        (from, to) ->
                                                asksTheTime(to)
                                                        && !MAY_ASK_THE_TIME.contains(from))),
                rule(
                        "Only `cli` and `server` print",
                        "return the text, or let the exception go up: stdout belongs to the"
                                + " protocol.",
                        this::printing),
                rule(
                        "No static field changes",
                        "make it final, or a field of an object that is passed in.",
                        this::changingStatics));
    }

    private static HouseRule rule(
            String name, String instead, Function<JavaClasses, Stream<String>> finds) {
        return new HouseRule(name, instead, finds);
    }

    private static Stream<Dependency> outward(JavaClasses classes) {
        return classes.stream().flatMap(each -> each.getDirectDependenciesFromSelf().stream());
    }

    private static String origin(Dependency arrow) {
        return House.packageOf(arrow.getOriginClass().getName());
    }

    private static String target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType().getName();
    }

    private static boolean isOurs(String className) {
        return className.startsWith(House.ROOT + ".");
    }

    private boolean isWrongArrow(Dependency arrow) {
        String from = origin(arrow);
        String to = House.packageOf(target(arrow));
        if (!isOurs(target(arrow)) || from.equals(to)) {
            return false;
        }
        return !mayUse(arrow).contains(to);
    }

    /** The root's Main has no row: it starts {@code cli} and knows nothing else. */
    private List<String> mayUse(Dependency arrow) {
        return house.rowOf(arrow.getOriginClass().getName())
                .map(Row::mayUse)
                .orElse(origin(arrow).isEmpty() ? List.of("cli") : List.of());
    }

    private String arrow(Dependency arrow) {
        return "%s: `%s` may use %s, not `%s`"
                .formatted(
                        arrow.getDescription(),
                        origin(arrow),
                        mayUse(arrow),
                        House.packageOf(target(arrow)));
    }

    private boolean isStray(Dependency arrow) {
        String to = target(arrow);
        if (isOurs(to) || arrow.getTargetClass().getBaseComponentType().isPrimitive()) {
            return false;
        }
        var library = house.libraryOf(to);
        if (library.isEmpty()) {
            return !(to.startsWith("java.")
                    || to.startsWith("javax.")
                    || to.startsWith("org.jspecify.annotations."));
        }
        return !house.rowOf(arrow.getOriginClass().getName())
                .map(row -> row.libraries().contains(library.get()))
                .orElse(false);
    }

    private String stray(Dependency arrow) {
        return house.libraryOf(target(arrow))
                .map(word -> word + " belongs to " + house.homesOf(word) + ": ")
                .orElse("a library that the table does not know: ")
                .concat(arrow.getDescription());
    }

    private boolean isHomeless(String className) {
        return house.rowOf(className).isEmpty()
                && !className.equals(House.ROOT + ".Main")
                && !className.equals(House.ROOT + ".package-info")
                && !className.startsWith(House.ROOT + ".Main$");
    }

    private boolean isNamedBadly(JavaClass each) {
        return Stream.of(each.getPackageName().split("\\.")).anyMatch(BANNED_PACKAGES::contains)
                || BANNED_SUFFIXES.stream().anyMatch(each.getSimpleName()::endsWith);
    }

    private Stream<String> grantsMadeElsewhere(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .flatMap(HouseRules::constructorUses)
                .filter(use -> isGrant(use.to()))
                .filter(use -> !use.from().equals(use.to()))
                .filter(use -> !House.packageOf(use.from()).equals("policy"))
                .map(Use::text);
    }

    private record Use(String from, String to, String text) {}

    private static Stream<Use> constructorUses(JavaCodeUnit unit) {
        return Stream.concat(
                unit.getConstructorCallsFromSelf().stream()
                        .map(call ->
                                new Use(
                                        call.getOriginOwner().getName(),
                                        call.getTargetOwner().getName(),
                                        call.getDescription())),
                unit.getConstructorReferencesFromSelf().stream()
                        .map(call ->
                                new Use(
                                        call.getOriginOwner().getName(),
                                        call.getTargetOwner().getName(),
                                        call.getDescription())));
    }

    private static boolean isGrant(String className) {
        return isOurs(className) && className.endsWith("Grant");
    }

    /** Calls and method references from a package to a method. */
    private static Stream<String> calls(
            JavaClasses classes, BiPredicate<String, AccessTarget.CodeUnitAccessTarget> wrong) {
        return classes.stream()
                .flatMap(each -> each.getCodeUnitAccessesFromSelf().stream())
                .filter(call ->
                        wrong.test(
                                House.packageOf(call.getOriginOwner().getName()), call.getTarget()))
                .map(call -> call.getDescription());
    }

    private static boolean isExec(AccessTarget.CodeUnitAccessTarget to) {
        String owner = to.getOwner().getName();
        return owner.equals("java.lang.ProcessBuilder")
                || (owner.equals("java.lang.Runtime") && to.getName().equals("exec"));
    }

    private static boolean asksTheTime(AccessTarget.CodeUnitAccessTarget to) {
        String owner = to.getOwner().getName();
        String name = to.getName();
        boolean clockGiven =
                to.getRawParameterTypes().stream()
                        .anyMatch(each -> each.getName().equals("java.time.Clock"));
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.time.InstantSource" -> name.equals("system");
            case "java.util.Date" -> name.equals("<init>") && to.getRawParameterTypes().isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            default -> owner.startsWith("java.time.") && name.equals("now") && !clockGiven;
        };
    }

    private Stream<String> printing(JavaClasses classes) {
        Stream<String> streams =
                classes.stream()
                        .flatMap(each -> each.getFieldAccessesFromSelf().stream())
                        .filter(use ->
                                use.getTarget().getOwner().getName().equals("java.lang.System"))
                        .filter(use ->
                                !MAY_PRINT.contains(
                                        House.packageOf(use.getOriginOwner().getName())))
                        .map(use -> use.getDescription());
        return Stream.concat(
                streams,
                calls(
                        classes,
                        (from, to) ->
                                to.getName().equals("printStackTrace")
                                        && to.getRawParameterTypes().isEmpty()
                                        && !MAY_PRINT.contains(from)));
    }

    private Stream<String> changingStatics(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(field -> field.getFullName());
    }
}
