package io.chronoconf.datastore.tree;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.model.api.ConstraintMetaDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthConstraint;
import org.opendaylight.yangtools.yang.model.api.type.ModifierKind;
import org.opendaylight.yangtools.yang.model.api.type.PatternConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// Says in words why a type does not take a text, and what it takes. The module's own error-message
/// goes first; expressions are shown only where there is nothing better.
final class ValueRefusal {
  private static final int MAX_QUOTED = 100;

  /// Types whose texts are secrets, or are taken for them by mistake: they are never repeated.
  private static final Set<String> SECRET = Set.of("crypt-hash", "hex-string");

  /// What to write for types of the IETF, whose own words are for authors of modules.
  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("ip-address", "give one such as 192.0.2.1 or 2001:db8::1"),
          Map.entry("ip-address-no-zone", "give one such as 192.0.2.1 or 2001:db8::1"),
          Map.entry("ipv4-address", "give one such as 192.0.2.1"),
          Map.entry("ipv6-address", "give one such as 2001:db8::1"),
          Map.entry("ipv4-prefix", "give one such as 192.0.2.0/24"),
          Map.entry("ipv6-prefix", "give one such as 2001:db8::/32"),
          Map.entry("ip-multicast-group-address", "give one such as 224.0.1.1 or ff05::101"),
          Map.entry("host", "give an IP address, or a name of letters, digits, hyphens and dots"),
          Map.entry("date-and-time", "give one such as 2026-01-02T03:04:05Z"),
          Map.entry("hex-string", "give octets of two digits with colons between, such as 00:1a"),
          Map.entry(
              "crypt-hash",
              "give the password after $0$, or its hash in the form of crypt(3) after $5$ or $6$"));

  private ValueRefusal() {}

  /// Why a type that is no union refuses a text; empty if only its codec knows.
  static Optional<String> of(TypeDefinition<?> type, String text) {
    return switch (type) {
      case RangeRestrictedTypeDefinition<?, ?> number -> Optional.of(number(number, text.strip()));
      case StringTypeDefinition string -> string(string, text);
      case EnumTypeDefinition names ->
          Optional.of(
              "there is no %s here: give %s"
                  .formatted(
                      quoted(text.strip()),
                      oneOf(names.getValues().stream().map(EnumTypeDefinition.EnumPair::getName))));
      case BooleanTypeDefinition _ ->
          Optional.of("%s is neither true nor false: give one of them".formatted(quoted(text)));
      default -> Optional.empty();
    };
  }

  /// Why none of the types of a union takes a text; empty if each has to speak for itself.
  static Optional<String> ofUnion(TypeDefinition<?> union, String text) {
    return remedy(union).map(remedy -> isNo(union, text) + ": " + remedy);
  }

  /// Texts as a person lists them: `a`, `a or b`, `a, b or c`.
  static String oneOf(Stream<String> texts) {
    List<String> all = texts.toList();
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  private static String number(RangeRestrictedTypeDefinition<?, ?> type, String text) {
    Optional<? extends RangeConstraint<?>> range = type.getRangeConstraint();
    Optional<String> own = range.flatMap(ConstraintMetaDefinition::getErrorMessage);
    int decimals = type instanceof DecimalTypeDefinition decimal ? decimal.getFractionDigits() : 0;
    boolean isNumber = isNumber(text, decimals);
    if (isNumber && own.isPresent()) {
      return sentence(own.get());
    }
    String what =
        decimals == 0 ? "whole number" : "number with at most %d decimals".formatted(decimals);
    String why = isNumber ? text + " is out of range" : quoted(text) + " is no " + what;
    return why + range.map(one -> ": give " + ranges(one.getAllowedRanges())).orElse("");
  }

  private static boolean isNumber(String text, int decimals) {
    try {
      return text.length() <= MAX_QUOTED
          && new BigDecimal(text).stripTrailingZeros().scale() <= decimals;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static Optional<String> string(StringTypeDefinition type, String text) {
    Optional<LengthConstraint> length = type.getLengthConstraint();
    int characters = text.codePointCount(0, text.length());
    if (length.isPresent() && !length.get().getAllowedRanges().contains(characters)) {
      return Optional.of(
          length
              .get()
              .getErrorMessage()
              .map(ValueRefusal::sentence)
              .orElseGet(
                  () ->
                      "it has %d characters: give %s"
                          .formatted(characters, ranges(length.get().getAllowedRanges()))));
    }
    // The pattern of the type that others are derived from says most.
    for (TypeDefinition<?> level : lineage(type).reversed()) {
      if (level instanceof StringTypeDefinition one) {
        for (PatternConstraint pattern : one.getPatternConstraints()) {
          if (!matches(pattern, text)) {
            return Optional.of(pattern(one, pattern, text));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(PatternConstraint pattern, String text) {
    boolean isMatch = Pattern.compile(pattern.getJavaPatternString()).matcher(text).matches();
    return isMatch != pattern.getModifier().filter(ModifierKind.INVERT_MATCH::equals).isPresent();
  }

  private static String pattern(StringTypeDefinition type, PatternConstraint broken, String text) {
    Optional<String> own = broken.getErrorMessage();
    if (own.isPresent()) {
      return sentence(own.get());
    }
    Optional<String> remedy = remedy(type);
    if (remedy.isPresent()) {
      return isNo(type, text) + ": " + remedy.get();
    }
    Optional<String> description = type.getDescription();
    return description.isPresent()
        ? isNo(type, text) + ": " + firstSentence(description.get())
        : "%s does not have the form %s: give one that has"
            .formatted(quoted(text), broken.getRegularExpressionString());
  }

  private static Optional<String> remedy(TypeDefinition<?> type) {
    return lineage(type).stream()
        .filter(level -> level.getQName().getNamespace().toString().startsWith("urn:ietf:"))
        .flatMap(level -> Stream.ofNullable(REMEDIES.get(level.getQName().getLocalName())))
        .findFirst();
  }

  /// A type and those that it is derived from, itself first.
  private static List<TypeDefinition<?>> lineage(TypeDefinition<?> type) {
    return Stream.<TypeDefinition<?>>iterate(
            type, Objects::nonNull, ancestor -> ancestor.getBaseType())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String isNo(TypeDefinition<?> type, String text) {
    String name = type.getQName().getLocalName();
    boolean isSecret =
        lineage(type).stream().anyMatch(one -> SECRET.contains(one.getQName().getLocalName()));
    return (isSecret ? "this" : quoted(text)) + " is no " + name;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text) + '"';
  }

  /// Without the full stop, which whoever writes the message adds.
  private static String sentence(String text) {
    return text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
  }

  private static String firstSentence(String text) {
    return sentence(sentence(text).split("\\. ", 2)[0]);
  }

  private static <N extends Comparable<N>> String ranges(RangeSet<N> ranges) {
    return oneOf(
        ranges.asRanges().stream()
            .map(
                (Range<N> range) ->
                    range.lowerEndpoint().equals(range.upperEndpoint())
                        ? range.lowerEndpoint().toString()
                        : range.lowerEndpoint() + " to " + range.upperEndpoint()));
  }
}
