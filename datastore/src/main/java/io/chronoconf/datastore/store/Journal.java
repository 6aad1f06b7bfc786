package io.chronoconf.datastore.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The append-only file of commits.
///
/// ```
/// file   = magic (8 bytes) | format version (4) | record ...
/// record = length n (4) | CRC-32C of the payload (4) | payload (n)
/// ```
///
/// All numbers are big-endian. A record counts once it is there as a whole: what a power cut left
/// half-written at the end is cut off at the next start, and kept beside in `journal.damaged`.
final class Journal implements AutoCloseable {
  static final String FILE = "journal";
  static final String DAMAGED_FILE = "journal.damaged";
  static final long MAGIC = 0x4343_4a4f_5552_4e4cL; // "CCJOURNL"
  static final int FORMAT_VERSION = 1;
  static final int HEADER_BYTES = 12;
  static final int RECORD_HEADER_BYTES = 8;
  static final int MAX_RECORD_BYTES = 256 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final StateFolder folder;
  private FileChannel channel;
  private long end;
  private boolean isBroken;
  private final List<Place> places = new ArrayList<>();

  /// Where a record begins in the file.
  private record Place(long sequence, long offset) {}

  private Journal(StateFolder folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Opens the journal, creating an empty one if there is none.
  ///
  /// @param recovered receives every whole record
  static Journal open(StateFolder folder, List<JournalRecord> recovered) throws StoreException {
    Path file = folder.file(FILE);
    try {
      // Shorter than a header is what a power cut during the very first start leaves behind.
      if (!Files.exists(file) || Files.size(file) < HEADER_BYTES) {
        folder.replace(FILE, header());
      }
      Journal journal =
          new Journal(folder, folder.open(FILE, StandardOpenOption.READ, StandardOpenOption.WRITE));
      try {
        journal.checkHeader(file);
        journal.recover(recovered);
      } catch (IOException | StoreException e) {
        journal.close();
        throw e;
      }
      return journal;
    } catch (IOException e) {
      throw StateFolder.unusable(file, e);
    }
  }

  private static ByteBuffer header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(FORMAT_VERSION).flip();
  }

  private void checkHeader(Path file) throws IOException, StoreException {
    ByteBuffer header = read(0, HEADER_BYTES);
    if (header.getLong() != MAGIC) {
      throw new StoreException(
          file,
          "this is no journal of Chronoconf",
          "Move it away, or give the agent a folder of its own.");
    }
    FormatVersion.require(file, header.getInt(), FORMAT_VERSION);
  }

  private void recover(List<JournalRecord> recovered) throws IOException {
    long size = channel.size();
    end = HEADER_BYTES;
    while (size - end >= RECORD_HEADER_BYTES) {
      ByteBuffer header = read(end, RECORD_HEADER_BYTES);
      int length = header.getInt();
      int checksum = header.getInt();
      if (length < 0 || length > MAX_RECORD_BYTES || length > size - end - RECORD_HEADER_BYTES) {
        break;
      }
      byte[] payload = read(end + RECORD_HEADER_BYTES, length).array();
      if (checksum(payload) != checksum) {
        break;
      }
      JournalRecord record = JournalRecord.of(payload);
      recovered.add(record);
      places.add(new Place(record.sequence(), end));
      end += RECORD_HEADER_BYTES + (long) length;
    }
    if (end < size) {
      cutOff(size);
    }
  }

  private void cutOff(long size) throws IOException {
    try (FileChannel damaged =
        folder.open(
            DAMAGED_FILE,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long at = end; at < size; ) {
        at += channel.transferTo(at, size - at, damaged);
      }
    }
    channel.truncate(end);
    channel.force(true);
    LOG.warn(
        "The journal {} ends in {} bytes that are no whole commit, as a power cut leaves behind. "
            + "They were moved to {}; the last whole commit is in effect.",
        folder.file(FILE),
        size - end,
        DAMAGED_FILE);
  }

  /// Appends a commit. When this returns, it survives a power cut.
  ///
  /// @throws IOException if it could not be written; the journal is then as it was before, or else
  ///   takes no more commits until the next start
  void append(JournalRecord record) throws IOException {
    if (isBroken) {
      throw new IOException("an earlier write failed; restart the agent once the disk is well");
    }
    ByteBuffer bytes = framed(record);
    int length = bytes.remaining();
    if (length - RECORD_HEADER_BYTES > MAX_RECORD_BYTES) {
      throw new IOException("a commit of " + length + " bytes is too big");
    }
    // Until all is done the file's end is in doubt.
    isBroken = true;
    try {
      long at = end;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      channel.truncate(end);
      channel.force(true);
      isBroken = false;
      throw e;
    }
    // After a failed sync nobody can tell what is on the disk: the journal stays broken.
    channel.force(false);
    places.add(new Place(record.sequence(), end));
    end += length;
    isBroken = false;
  }

  /// The number of the first of the last records.
  ///
  /// @param count how many of the last; at least one
  long firstOfLast(int count) {
    return places.get(places.size() - count).sequence();
  }

  /// Starts over with the last records alone, behind a snapshot that holds everything before them.
  ///
  /// @param count how many of the last; at least one
  void restart(int count) throws IOException {
    List<Place> kept = List.copyOf(places.subList(places.size() - count, places.size()));
    long from = kept.getFirst().offset();
    folder.replace(FILE, fresh -> copy(from, fresh));
    FileChannel old = channel;
    channel = folder.open(FILE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    end = HEADER_BYTES + end - from;
    places.clear();
    kept.forEach(
        place -> places.add(new Place(place.sequence(), HEADER_BYTES + place.offset() - from)));
    old.close();
  }

  private void copy(long from, FileChannel fresh) throws IOException {
    StateFolder.writeAll(fresh, header());
    for (long at = from; at < end; ) {
      at += channel.transferTo(at, end - at, fresh);
    }
  }

  private static ByteBuffer framed(JournalRecord record) {
    byte[] payload = record.bytes();
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_HEADER_BYTES + payload.length);
    return bytes.putInt(payload.length).putInt(checksum(payload)).put(payload).flip();
  }

  /// How many bytes the file holds.
  long size() {
    return end;
  }

  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file ended while it was being read");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
