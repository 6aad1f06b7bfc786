package io.chronoconf.datastore.error;

/// The layer at which an error arose (RFC 6241 section 4.3).
public enum ErrorType {
  TRANSPORT("transport"),
  RPC("rpc"),
  PROTOCOL("protocol"),
  APPLICATION("application");

  private final String wire;

  ErrorType(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }
}
