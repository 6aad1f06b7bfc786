package io.chronoconf.datastore.tree;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;

/// The one spelling among several by which a string type of RFC 6991 is kept, compared and written.
/// Two spellings of one address would otherwise be two entries of a list.
///
/// Left as written: zone indexes, whose numbers change with the host, and dates, whose canonical
/// offset is that of the device.
enum CanonicalForm {
  IPV6_ADDRESS {
    @Override
    String apply(String text) {
      int zone = text.indexOf('%');
      return zone < 0
          ? address(octets(text))
          : address(octets(text.substring(0, zone))) + text.substring(zone);
    }
  },
  /// Bits beyond the length are zero.
  PREFIX {
    @Override
    String apply(String text) {
      int slash = text.indexOf('/');
      int length = Integer.parseInt(text.substring(slash + 1));
      byte[] octets = octets(text.substring(0, slash));
      for (int bit = length; bit < octets.length * Byte.SIZE; bit++) {
        octets[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
      }
      return address(octets) + "/" + length;
    }
  },
  LOWER_CASE {
    @Override
    String apply(String text) {
      return Ascii.toLowerCase(text);
    }
  };

  private static final String INET = "urn:ietf:params:xml:ns:yang:ietf-inet-types";
  private static final String YANG = "urn:ietf:params:xml:ns:yang:ietf-yang-types";
  private static final Map<String, CanonicalForm> BY_TYPE =
      Map.of(
          INET + " ipv6-address", IPV6_ADDRESS,
          INET + " ipv4-prefix", PREFIX,
          INET + " ipv6-prefix", PREFIX,
          INET + " domain-name", LOWER_CASE,
          YANG + " phys-address", LOWER_CASE,
          YANG + " mac-address", LOWER_CASE,
          YANG + " hex-string", LOWER_CASE,
          YANG + " uuid", LOWER_CASE);

  /// The canonical spelling.
  ///
  /// @param text one that the type accepts
  abstract String apply(String text);

  /// That of a type, or of the nearest type that it is derived from.
  static Optional<CanonicalForm> of(TypeDefinition<?> type) {
    return lineage(type).flatMap(name -> Stream.ofNullable(BY_TYPE.get(name))).findFirst();
  }

  /// Whether values of the type are XPath expressions.
  static boolean isXPath(TypeDefinition<?> type) {
    return lineage(type).anyMatch((YANG + " xpath1.0")::equals);
  }

  private static Stream<String> lineage(TypeDefinition<?> type) {
    return Stream.<TypeDefinition<?>>iterate(
            type, Objects::nonNull, ancestor -> ancestor.getBaseType())
        .map(t -> t.getQName().getNamespace() + " " + t.getQName().getLocalName());
  }

  /// Sixteen octets for whatever has a colon, or else the JDK makes IPv4 of IPv4-mapped IPv6.
  private static byte[] octets(String literal) {
    byte[] octets = InetAddresses.forString(literal).getAddress();
    if (literal.indexOf(':') < 0 || octets.length == 16) {
      return octets;
    }
    byte[] mapped = new byte[16];
    Arrays.fill(mapped, 10, 12, (byte) 0xff);
    System.arraycopy(octets, 0, mapped, 12, octets.length);
    return mapped;
  }

  /// RFC 5952; the IPv4-mapped ones in the mixed notation that its section 5 recommends.
  private static String address(byte[] octets) {
    try {
      InetAddress address = InetAddress.getByAddress(octets);
      String text = InetAddresses.toAddrString(address);
      return octets.length == 16 && address instanceof Inet4Address ? "::ffff:" + text : text;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets", e);
    }
  }
}
