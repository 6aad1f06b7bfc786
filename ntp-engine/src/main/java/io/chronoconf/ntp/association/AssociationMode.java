package io.chronoconf.ntp.association;

/// The mode of an association as its owner sees it (RFC 5905 section 3; numbers of the wire).
public enum AssociationMode {
  SYMMETRIC_ACTIVE(1),
  SYMMETRIC_PASSIVE(2),
  CLIENT(3),
  SERVER(4),
  BROADCAST_SERVER(5),
  BROADCAST_CLIENT(6);

  private final int wireMode;

  AssociationMode(int wireMode) {
    this.wireMode = wireMode;
  }

  public int wireMode() {
    return wireMode;
  }
}
