package io.chronoconf.datastore.store;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.applied;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.error.RpcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class ConfigStoreTest {
  private static final List<String> EDITS =
      List.of(
          "<number>1</number><rule><name>a</name></rule><rule><name>b</name></rule>",
          "<types><text>two</text><colour>red</colour></types><wings>2</wings>",
          "<rule yang:insert='first'><name>c</name></rule><wheels>4</wheels><hue>red</hue>",
          "<number nc:operation='delete'>1</number><person><name>it's \"x\"</name></person>",
          "<rule yang:insert='before' yang:key=\"[name='c']\"><name>b</name></rule>");

  @TempDir Path folder;

  // Commits all edits, and notes the journal's length and the configuration after each.
  private List<ContainerNode> commitAll(List<Long> lengths) throws Exception {
    List<ContainerNode> states = new ArrayList<>(List.of(EMPTY));
    lengths.add((long) Journal.HEADER_BYTES);
    try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
      for (String edit : EDITS) {
        commit(store, states, edit);
        lengths.add(Files.size(journal()));
      }
    }
    return states;
  }

  private static void commit(ConfigStore store, List<ContainerNode> states, String edit)
      throws IOException, RpcException {
    ContainerNode before = states.getLast();
    ContainerNode after = applied(before, edit);
    store.append(
        Instant.EPOCH, "admin", EditDiff.between(ROOT, before, after, EditScope.everything()));
    states.add(after);
  }

  private Path journal() {
    return folder.resolve(Journal.FILE);
  }

  private static void assertSameTree(ContainerNode expected, ContainerNode actual) {
    assertEquals(expected, actual);
    assertTrue(EditDiff.between(ROOT, expected, actual, EditScope.everything()).isEmpty());
  }

  @Test
  void recoversTheLastWholeCommitWhereverTheFileEnds() throws Exception {
    List<Long> lengths = new ArrayList<>();
    List<ContainerNode> states = commitAll(lengths);
    byte[] whole = Files.readAllBytes(journal());
    for (int length = 0; length <= whole.length; length++) {
      Files.write(journal(), Arrays.copyOf(whole, length));
      int commits = 0;
      while (commits + 1 < lengths.size() && lengths.get(commits + 1) <= length) {
        commits++;
      }
      try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
        assertSameTree(states.get(commits), store.config());
        assertEquals(commits, store.sequence());
        assertEquals(commits == 0, store.isEmpty());
      }
      assertEquals(lengths.get(commits), Files.size(journal()));
    }
  }

  @Test
  void goesOnBehindADamagedTailAndKeepsACopyOfIt() throws Exception {
    List<Long> lengths = new ArrayList<>();
    List<ContainerNode> states = commitAll(lengths);
    byte[] whole = Files.readAllBytes(journal());
    whole[whole.length - 3] ^= 0x40;
    Files.write(journal(), whole);
    List<ContainerNode> recovered = new ArrayList<>();
    try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
      assertSameTree(states.get(4), store.config());
      recovered.add(store.config());
      commit(store, recovered, "<number>9</number>");
    }
    long damaged = Files.size(folder.resolve(Journal.DAMAGED_FILE));
    assertEquals(lengths.get(5) - lengths.get(4), damaged);
    try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
      assertSameTree(recovered.getLast(), store.config());
    }
  }

  @Test
  void replacesALongJournalByASnapshot() throws Exception {
    List<ContainerNode> states = new ArrayList<>(List.of(EMPTY));
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      for (String edit : EDITS) {
        commit(store, states, edit);
        store.shorten(states.getLast());
      }
      assertTrue(Files.exists(folder.resolve(Snapshot.FILE)));
      assertTrue(Files.size(journal()) < 2_000);
    }
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      assertSameTree(states.getLast(), store.config());
      assertEquals(EDITS.size(), store.sequence());
    }
  }

  @Test
  void skipsCommitsThatTheSnapshotHasAlready() throws Exception {
    List<ContainerNode> states = commitAll(new ArrayList<>());
    byte[] old = Files.readAllBytes(journal());
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 0)) {
      store.shorten(store.config());
    }
    Files.write(journal(), old);
    try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
      assertSameTree(states.getLast(), store.config());
      assertEquals(EDITS.size(), store.sequence());
    }
  }

  @Test
  void refusesAFolderInUseAndFreesItOnClose() throws Exception {
    ConfigStore first = ConfigStore.open(folder, ROOT);
    StoreException e = assertThrows(StoreException.class, () -> ConfigStore.open(folder, ROOT));
    assertTrue(e.toString().contains("another agent"), e.toString());
    assertFalse(e.remedy().isEmpty());
    first.close();
    ConfigStore.open(folder, ROOT).close();
  }

  @Test
  void refusesAFormatFromTheFutureAndLeavesItAlone() throws Exception {
    commitAll(new ArrayList<>());
    byte[] bytes = Files.readAllBytes(journal());
    ByteBuffer.wrap(bytes).putInt(8, Journal.FORMAT_VERSION + 1);
    Files.write(journal(), bytes);
    StoreException e = assertThrows(StoreException.class, () -> ConfigStore.open(folder, ROOT));
    assertTrue(e.remedy().contains("newer agent"), e.remedy());
    assertEquals(journal().toString(), e.file());
    assertEquals(bytes.length, Files.size(journal()));
  }

  @Test
  void refusesFilesThatAreNotItsOwn() throws Exception {
    Files.writeString(journal(), "the diary of somebody else");
    assertThrows(StoreException.class, () -> ConfigStore.open(folder, ROOT));
    Files.delete(journal());
    Files.writeString(folder.resolve(Snapshot.FILE), "x".repeat(100));
    assertThrows(StoreException.class, () -> ConfigStore.open(folder, ROOT));
  }

  @Test
  void keepsItsFilesToTheOwner() throws Exception {
    try (ConfigStore store = ConfigStore.open(folder.resolve("new"), ROOT, 0)) {
      commit(store, new ArrayList<>(List.of(EMPTY)), "<number>1</number>");
      store.shorten(applied(EMPTY, "<number>1</number>"));
    }
    Path made = folder.resolve("new");
    assertEquals("rwx------", permissions(made));
    for (String file : List.of("lock", Journal.FILE, Snapshot.FILE)) {
      assertEquals("rw-------", permissions(made.resolve(file)), file);
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
