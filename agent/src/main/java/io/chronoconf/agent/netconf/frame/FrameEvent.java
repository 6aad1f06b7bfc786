package io.chronoconf.agent.netconf.frame;

/// What the decoder found: `FrameEvent = Message(bytes) | Broken(fault, reason)`.
public sealed interface FrameEvent {
  /// One whole message, without its framing. The array belongs to the receiver.
  @SuppressWarnings("ArrayRecordComponent")
  record Message(byte[] bytes) implements FrameEvent {}

  /// Nothing more can be told apart on this stream: it must be closed.
  ///
  /// @param fault what kind
  /// @param reason for the peer's operator
  record Broken(Fault fault, String reason) implements FrameEvent {}

  /// Why a stream cannot go on.
  enum Fault {
    /// The framing violates RFC 6242.
    MALFORMED,
    /// The message is longer than allowed.
    TOO_BIG
  }
}
