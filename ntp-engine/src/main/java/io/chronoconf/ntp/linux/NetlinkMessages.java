package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the kernel says by rtnetlink: a pure function of the octets. What is cut off or makes no
/// sense is left out; nothing is thrown.
final class NetlinkMessages {
  private NetlinkMessages() {}

  /// One message.
  sealed interface Message {}

  /// @param device without its addresses
  record Link(HostInterface device) implements Message {}

  record Address(int interfaceIndex, HostAddress address) implements Message {}

  /// The last of a dump, or a refusal.
  ///
  /// @param error an errno; 0 if all is well
  record End(int error) implements Message {}

  /// Something that nobody here asks for, or that cannot be read.
  record Other() implements Message {}

  /// @param sequence the number of the request that it answers
  /// @param isInterrupted whether the picture changed while it was being told
  record Answer(int sequence, boolean isInterrupted, Message message) {}

  /// Reads one datagram, up to the first message whose length cannot be.
  static List<Answer> read(ByteBuffer datagram) {
    ByteBuffer data = datagram.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<Answer> answers = new ArrayList<>();
    int at = 0;
    while (data.limit() - at >= NetlinkAbi.HEADER_SIZE) {
      int length = data.getInt(at);
      if (length < NetlinkAbi.HEADER_SIZE || length > data.limit() - at) {
        break;
      }
      int flags = data.getShort(at + NetlinkAbi.HEADER_FLAGS);
      ByteBuffer body =
          data.slice(at + NetlinkAbi.HEADER_SIZE, length - NetlinkAbi.HEADER_SIZE)
              .order(ByteOrder.LITTLE_ENDIAN);
      int type = Short.toUnsignedInt(data.getShort(at + NetlinkAbi.HEADER_TYPE));
      answers.add(
          new Answer(
              data.getInt(at + NetlinkAbi.HEADER_SEQUENCE),
              (flags & NetlinkAbi.FLAG_DUMP_INTERRUPTED) != 0,
              message(type, body)));
      at += NetlinkAbi.aligned(length);
    }
    return answers;
  }

  /// A request for everything of a kind.
  static byte[] dumpRequest(int type, int sequence) {
    int size = type == NetlinkAbi.GET_LINK ? NetlinkAbi.LINK_SIZE : NetlinkAbi.ADDRESS_SIZE;
    int length = NetlinkAbi.HEADER_SIZE + size;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putShort((short) type)
        .putShort((short) (NetlinkAbi.FLAG_REQUEST | NetlinkAbi.FLAG_DUMP))
        .putInt(sequence)
        .array();
  }

  private static Message message(int type, ByteBuffer body) {
    Optional<? extends Message> known =
        switch (type) {
          case NetlinkAbi.NEW_LINK -> LinkReader.read(body);
          case NetlinkAbi.NEW_ADDRESS -> AddressReader.read(body);
          case NetlinkAbi.MESSAGE_ERROR -> Optional.of(end(body));
          case NetlinkAbi.MESSAGE_DONE -> Optional.of(end(body));
          default -> Optional.empty();
        };
    return known.isPresent() ? known.get() : new Other();
  }

  /// The kernel gives errors as negative numbers.
  private static End end(ByteBuffer body) {
    int error = body.limit() < Integer.BYTES ? 0 : body.getInt(0);
    return new End(Math.max(0, -error));
  }
}
