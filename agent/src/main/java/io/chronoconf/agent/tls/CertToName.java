package io.chronoconf.agent.tls;

import static io.chronoconf.agent.tls.SubjectNames.DNS_NAME;
import static io.chronoconf.agent.tls.SubjectNames.IP_ADDRESS;
import static io.chronoconf.agent.tls.SubjectNames.RFC822_NAME;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Maps the certificates of clients to user names: the list `cert-to-name` of
/// ietf-x509-cert-to-name (RFC 7407; RFC 7589 section 7). Pure.
///
/// @param entries in the order of their ids, whatever order they are given in
public record CertToName(List<Entry> entries) {
  private static final int MAX_PATH_LENGTH = 16;
  private static final int MAX_NAME_LENGTH = 256;

  public CertToName {
    entries = entries.stream().sorted(Comparator.comparingLong(Entry::id)).toList();
  }

  /// One rule.
  ///
  /// @param id its place in the order
  /// @param fingerprint of the client's certificate, or of an authority's over it
  public record Entry(long id, Fingerprint fingerprint, MapType mapType) {}

  /// How a name comes out of a certificate.
  public sealed interface MapType {
    /// The same name for every certificate.
    record Specified(String name) implements MapType {}

    /// The first subjectAltName that is a mail address, its host part in lower case.
    record SanRfc822Name() implements MapType {}

    /// The first subjectAltName that is a DNS name, in lower case.
    record SanDnsName() implements MapType {}

    /// The first subjectAltName that is an address: IPv4 in dotted decimal, IPv6 as 32 hexadecimal
    /// digits.
    record SanIpAddress() implements MapType {}

    /// The first subjectAltName of these three kinds.
    record SanAny() implements MapType {}

    /// The common name of the subject.
    record CommonName() implements MapType {}
  }

  /// The user that the first rule makes of a client's certificates; empty if no rule does.
  ///
  /// @param presented by the client, its own certificate first; already found to be valid
  /// @param authorities that are trusted
  public Optional<String> user(List<X509Certificate> presented, List<X509Certificate> authorities) {
    List<X509Certificate> known = new ArrayList<>();
    known.add(presented.getFirst());
    path(presented, authorities).stream().filter(authorities::contains).forEach(known::add);
    return entries.stream()
        .filter(entry -> known.stream().anyMatch(entry.fingerprint()::matches))
        .flatMap(entry -> name(entry.mapType(), presented.getFirst()).stream())
        .findFirst();
  }

  /// A presented authority says nothing by itself: only what has signed the next one below counts.
  private static List<X509Certificate> path(
      List<X509Certificate> presented, List<X509Certificate> authorities) {
    List<X509Certificate> issuers = new ArrayList<>(authorities);
    issuers.addAll(presented);
    List<X509Certificate> path = new ArrayList<>();
    Optional<X509Certificate> at = Optional.of(presented.getFirst());
    while (at.isPresent() && path.size() < MAX_PATH_LENGTH && !path.contains(at.get())) {
      X509Certificate certificate = at.get();
      path.add(certificate);
      at =
          issuers.stream()
              .filter(issuer -> !path.contains(issuer) && hasSigned(issuer, certificate))
              .findFirst();
    }
    return path;
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Optional<String> name(MapType type, X509Certificate certificate) {
    return switch (type) {
      case MapType.Specified(String name) -> Optional.of(name);
      case MapType.SanRfc822Name _ -> alternative(certificate, RFC822_NAME);
      case MapType.SanDnsName _ -> alternative(certificate, DNS_NAME);
      case MapType.SanIpAddress _ -> alternative(certificate, IP_ADDRESS);
      case MapType.SanAny _ -> alternative(certificate, RFC822_NAME, DNS_NAME, IP_ADDRESS);
      case MapType.CommonName _ -> SubjectNames.common(certificate).filter(CertToName::isUsable);
    };
  }

  private static Optional<String> alternative(X509Certificate certificate, Integer... types) {
    return SubjectNames.alternative(certificate, Set.of(types)).filter(CertToName::isUsable);
  }

  // Names go into messages and logs.
  private static boolean isUsable(String name) {
    return !name.isBlank()
        && name.length() <= MAX_NAME_LENGTH
        && name.codePoints().noneMatch(c -> Character.isISOControl(c) || isUnfitForXml(c));
  }

  private static boolean isUnfitForXml(int c) {
    boolean isNoCharacter = c == 0xFFFE || c == 0xFFFF;
    return isNoCharacter || Character.getType(c) == Character.SURROGATE;
  }
}
