package io.chronoconf.datastore.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The whole configuration after some commit, so that the journal need not grow for ever.
///
/// ```
/// file = magic (8 bytes) | format version (4) | sequence (8) | CRC-32C of the rest (4) | XML
/// ```
///
/// @param sequence the last commit that is in it
/// @param config the configuration as an edit in XML
record Snapshot(long sequence, String config) {
  static final String FILE = "snapshot";
  static final long MAGIC = 0x4343_534e_4150_5348L; // "CCSNAPSH"
  static final int FORMAT_VERSION = 1;
  private static final int HEADER_BYTES = 24;

  static Optional<Snapshot> read(StateFolder folder) throws StoreException {
    return read(folder, FILE);
  }

  /// The snapshot in a file of another name.
  static Optional<Snapshot> read(StateFolder folder, String name) throws StoreException {
    Path file = folder.file(name);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Optional.of(parse(file, ByteBuffer.wrap(Files.readAllBytes(file))));
    } catch (IOException e) {
      throw StateFolder.unusable(file, e);
    }
  }

  private static Snapshot parse(Path file, ByteBuffer bytes) throws StoreException {
    if (bytes.remaining() < HEADER_BYTES || bytes.getLong() != MAGIC) {
      throw damaged(file);
    }
    FormatVersion.require(file, bytes.getInt(), FORMAT_VERSION);
    long sequence = bytes.getLong();
    int checksum = bytes.getInt();
    byte[] config = new byte[bytes.remaining()];
    bytes.get(config);
    if (Journal.checksum(config) != checksum) {
      throw damaged(file);
    }
    return new Snapshot(sequence, new String(config, StandardCharsets.UTF_8));
  }

  private static StoreException damaged(Path file) {
    return new StoreException(
        file,
        "the snapshot is damaged, which no power cut can do",
        "Check the disk and restore the folder from a backup; or move the folder away to start"
            + " from the first configuration.");
  }

  void write(StateFolder folder) throws IOException {
    write(folder, FILE);
  }

  /// Writes it into a file of another name.
  void write(StateFolder folder, String name) throws IOException {
    byte[] xml = config.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + xml.length);
    bytes.putLong(MAGIC).putInt(FORMAT_VERSION).putLong(sequence);
    bytes.putInt(Journal.checksum(xml)).put(xml);
    folder.replace(name, bytes.flip());
  }
}
