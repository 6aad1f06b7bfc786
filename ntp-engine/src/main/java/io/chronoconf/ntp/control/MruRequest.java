package io.chronoconf.ntp.control;

import io.chronoconf.ntp.mru.MruEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What somebody wants to know of who was heard lately: `name=value` pairs (RFC 9327).
///
/// @param fragments datagrams that the answer may take
/// @param rows clients that it may hold
/// @param recent how many of the latest
/// @param minCount packets of a client
/// @param minDrop packets of it that were of no use
/// @param minScore nobody has a score here
/// @param minAge seconds since its last packet
/// @param maxAge seconds since its last packet
/// @param all restrictions that it has all of
/// @param any restrictions that it has one of, 0 for no matter which
/// @param local our address that it spoke to
/// @param priors clients that who asks knows already, the latest first
record MruRequest(
    int fragments,
    int rows,
    long recent,
    long minCount,
    long minDrop,
    long minScore,
    long minAge,
    long maxAge,
    long all,
    long any,
    Optional<InetAddress> local,
    List<Prior> priors) {
  /// Datagrams of an answer at most.
  static final int MAX_FRAGMENTS = 32;

  /// Clients in an answer at most.
  static final int MAX_ROWS = 256;

  private static final int MAX_PRIORS = 16;
  private static final Pattern SEPARATORS = Pattern.compile("[,\\s\\x00]+");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}|0[xX]\\p{XDigit}{1,8}");
  private static final Pattern STAMP = Pattern.compile("0[xX]\\p{XDigit}{8}\\.\\p{XDigit}{8}");
  private static final Pattern NUMBERS =
      Pattern.compile(
          "frags|limit|recent|mincount|mindrop|minscore|minlstint|maxlstint|resall|resany");
  private static final Pattern PRIOR_STAMP = Pattern.compile("last\\.(\\d|1[0-5])");
  private static final Pattern PRIOR_ADDRESS = Pattern.compile("addr\\.(\\d|1[0-5])");

  /// A client that who asks knows already.
  ///
  /// @param last bits of its last stamp
  /// @param address with its port, as we told it
  record Prior(long last, String address) {
    boolean is(MruEntry entry) {
      return entry.last().bits() == last
          && AddressText.of(entry.address(), entry.port()).equals(address);
    }
  }

  static Map<String, String> items(String text) {
    Map<String, String> items = new LinkedHashMap<>();
    for (String item : SEPARATORS.split(text, -1)) {
      int equals = item.indexOf('=');
      if (equals >= 0) {
        items.put(item.substring(0, equals), item.substring(equals + 1));
      } else if (!item.isEmpty()) {
        items.put(item, "");
      }
    }
    return items;
  }

  /// What is wrong with a request, if anything is.
  static Optional<ControlError> problem(Map<String, String> items) {
    for (Map.Entry<String, String> item : items.entrySet()) {
      if (!isReadable(item.getKey(), item.getValue())) {
        return Optional.of(ControlError.BAD_FORMAT);
      }
    }
    MruRequest request = of(items);
    return request.fragments < 1 || request.rows < 1
        ? Optional.of(ControlError.BAD_VALUE)
        : Optional.empty();
  }

  /// Reads a request with which nothing is wrong. Who asks for more than we ever send gets that.
  static MruRequest of(Map<String, String> items) {
    int otherwise = items.containsKey("limit") ? MAX_FRAGMENTS : 0;
    return new MruRequest(
        (int) Math.min(number(items, "frags", otherwise), MAX_FRAGMENTS),
        (int) Math.min(number(items, "limit", MAX_ROWS), MAX_ROWS),
        number(items, "recent", Integer.MAX_VALUE),
        number(items, "mincount", 0),
        number(items, "mindrop", 0),
        number(items, "minscore", 0),
        number(items, "minlstint", 0),
        number(items, "maxlstint", Long.MAX_VALUE),
        number(items, "resall", 0),
        number(items, "resany", 0),
        Optional.ofNullable(items.get("laddr")).flatMap(MruRequest::address),
        priors(items));
  }

  private static boolean isReadable(String name, String value) {
    if (NUMBERS.matcher(name).matches()) {
      return NUMBER.matcher(value).matches();
    }
    if (PRIOR_STAMP.matcher(name).matches()) {
      return STAMP.matcher(value).matches();
    }
    return switch (name) {
      case "nonce" -> true;
      case "laddr" -> address(value).isPresent();
      default -> PRIOR_ADDRESS.matcher(name).matches();
    };
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, String> items, String name, long otherwise) {
    String value = items.get(name);
    if (value == null) {
      return otherwise;
    }
    boolean isHex = value.length() > 2 && Character.toLowerCase(value.charAt(1)) == 'x';
    return isHex ? Long.parseLong(value.substring(2), 16) : Long.parseLong(value);
  }

  private static List<Prior> priors(Map<String, String> items) {
    List<Prior> priors = new ArrayList<>();
    for (int i = 0; i < MAX_PRIORS; i++) {
      String last = items.get("last." + i);
      String address = items.get("addr." + i);
      if (last != null && address != null) {
        String digits = last.substring(2).replace(".", "");
        priors.add(new Prior(Long.parseUnsignedLong(digits, 16), address));
      }
    }
    return priors;
  }

  /// Whether it asks for those that came after one that it knows.
  boolean isContinued() {
    return !priors.isEmpty();
  }

  /// Whether restrictions matter.
  boolean hasMasks() {
    return (all | any) != 0;
  }

  /// Whether it wants to hear of clients with these restrictions.
  boolean wants(int restrictions) {
    return (restrictions & all) == all && (any == 0 || (restrictions & any) != 0);
  }

  /// Whether it wants to hear of this client, its restrictions apart.
  ///
  /// @param ageSeconds since its last packet
  boolean wants(MruEntry entry, double ageSeconds) {
    return entry.count() >= minCount
        && entry.dropped() >= minDrop
        && minScore == 0
        && ageSeconds >= minAge
        && ageSeconds <= maxAge
        && (local.isEmpty() || local.get().equals(entry.local()));
  }
}
