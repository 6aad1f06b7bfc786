package io.chronoconf.datastore.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One commit as the journal keeps it.
///
/// @param sequence counts commits from 1; the configuration's revision
/// @param time when, by the clock given to the datastores; kept in milliseconds
/// @param user who
/// @param edit what changed, as an XML document
record JournalRecord(long sequence, Instant time, String user, String edit) {
  // A byte that says nothing yet.
  private static final byte RESERVED = 0;

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(edit.length() + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(sequence);
      out.writeLong(time.toEpochMilli());
      out.writeByte(RESERVED);
      out.writeUTF(user);
      out.write(edit.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("the user's name is too long", e);
    }
    return bytes.toByteArray();
  }

  static JournalRecord of(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long sequence = in.readLong();
      Instant time = Instant.ofEpochMilli(in.readLong());
      in.readByte();
      String user = in.readUTF();
      String edit = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new JournalRecord(sequence, time, user, edit);
    }
  }
}
