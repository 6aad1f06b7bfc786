package io.chronoconf.agent.tls;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The names that a certificate gives its owner, in the forms that RFC 7407 maps them to.
final class SubjectNames {
  // Of GeneralName in RFC 5280 section 4.2.1.6.
  static final int RFC822_NAME = 1;
  static final int DNS_NAME = 2;
  static final int IP_ADDRESS = 7;

  private SubjectNames() {}

  /// The first subjectAltName of one of these types.
  static Optional<String> alternative(X509Certificate certificate, Set<Integer> types) {
    return alternatives(certificate)
        .filter(name -> types.contains(name.getFirst()))
        .flatMap(name -> mapped(name).stream())
        .findFirst();
  }

  private static Stream<List<?>> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? Stream.empty() : names.stream();
    } catch (CertificateParsingException _) {
      return Stream.empty();
    }
  }

  private static Optional<String> mapped(List<?> name) {
    if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String text)) {
      return Optional.empty();
    }
    return switch (type) {
      case RFC822_NAME -> {
        int host = text.lastIndexOf('@') + 1;
        yield Optional.of(text.substring(0, host) + text.substring(host).toLowerCase(Locale.ROOT));
      }
      case DNS_NAME -> Optional.of(text.toLowerCase(Locale.ROOT));
      case IP_ADDRESS -> Optional.of(address(text));
      default -> Optional.empty();
    };
  }

  private static String address(String text) {
    InetAddress address = InetAddress.ofLiteral(text);
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress())
        : address.getHostAddress();
  }

  /// The most specific common name of the subject.
  static Optional<String> common(X509Certificate certificate) {
    try {
      List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
      return parts.reversed().stream()
          .filter(part -> part.getType().equalsIgnoreCase("CN"))
          .map(Rdn::getValue)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .findFirst();
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }
}
