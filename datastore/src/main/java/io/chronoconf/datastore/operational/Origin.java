package io.chronoconf.datastore.operational;

import java.util.Locale;
import org.opendaylight.yangtools.yang.common.QName;

/// Where a node of the configuration in use comes from (RFC 8342 section 5.3.4).
public enum Origin {
  /// It is configured.
  INTENDED,
  /// The device itself put it there.
  SYSTEM,
  /// Nobody configured anything else.
  DEFAULT;

  /// The namespace of the identities.
  public static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-origin";

  /// The identity's name without prefix.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The identity.
  public QName identity() {
    return QName.create(NAMESPACE, "2018-02-14", wire());
  }
}
