package io.chronoconf.datastore.store;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.applied;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.error.RpcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        new Revision(store.latest().number() + 1, Instant.EPOCH, "admin"),
        after,
        EditDiff.between(ROOT, before, after, EditScope.everything()));
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
        assertEquals(commits, store.latest().number());
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

  private static final int MANY = History.LENGTH + 20;

  private List<ContainerNode> commitMany() throws Exception {
    List<ContainerNode> states = new ArrayList<>(List.of(EMPTY));
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      for (int i = 0; i < MANY; i++) {
        commit(store, states, EDITS.get(i % EDITS.size()).replace("delete", "remove"));
        store.shorten();
      }
    }
    return states;
  }

  @Test
  void replacesALongJournalByASnapshotAndTheHistory() throws Exception {
    List<ContainerNode> states = commitMany();
    try (FileChannel file = FileChannel.open(journal())) {
      assertTrue(file.size() < 60_000);
    }
    assertTrue(Files.exists(folder.resolve(Snapshot.FILE)));
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      assertSameTree(states.getLast(), store.config());
      assertEquals(MANY, store.latest().number());
      assertEquals(History.LENGTH, store.history().entries().size());
    }
  }

  @Test
  void knowsEachConfigurationOfItsHistory() throws Exception {
    List<ContainerNode> states = commitMany();
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      History history = store.history();
      for (int number = MANY - History.LENGTH + 1; number <= MANY; number++) {
        assertSameTree(states.get(number), history.configAt(number, store.config()).orElseThrow());
      }
      assertEquals(Optional.empty(), history.configAt(MANY - History.LENGTH, store.config()));
      History.Entry last = history.entries().getLast();
      assertEquals(new Revision(MANY, Instant.EPOCH, "admin"), last.revision());
      assertEquals(last.changes().size(), last.changeCount());
      assertFalse(last.changes().isEmpty());
    }
  }

  @Test
  void namesEachRevisionOnce() throws Exception {
    commitMany();
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 300)) {
      Set<String> ids = new HashSet<>();
      store.history().entries().forEach(entry -> ids.add(entry.revision().id()));
      assertEquals(History.LENGTH, ids.size());
      assertTrue(ids.contains(store.latest().id()));
    }
  }

  @Test
  void skipsCommitsThatTheSnapshotHasAlready() throws Exception {
    List<ContainerNode> states = commitAll(new ArrayList<>());
    byte[] old = Files.readAllBytes(journal());
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 0)) {
      store.shorten();
    }
    Files.write(journal(), old);
    try (ConfigStore store = ConfigStore.open(folder, ROOT)) {
      assertSameTree(states.getLast(), store.config());
      assertEquals(EDITS.size(), store.latest().number());
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

  @ParameterizedTest
  @ValueSource(strings = {Journal.FILE, Snapshot.FILE, "factory-default"})
  void refusesEveryFileOfAnotherFormatVersionBeforeItTouchesAny(String name) throws Exception {
    try (ConfigStore store = ConfigStore.open(folder, ROOT, 0)) {
      store.keepFactory(EMPTY);
      commit(store, new ArrayList<>(List.of(EMPTY)), "<number>1</number>");
      store.shorten();
    }
    // A torn tail, which an agent that may open the journal would cut off.
    Files.write(journal(), new byte[] {0, 0, 9}, StandardOpenOption.APPEND);
    Path file = folder.resolve(name);
    for (int version : new int[] {Journal.FORMAT_VERSION + 1, Integer.MAX_VALUE, 0, -1}) {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer.wrap(bytes).putInt(8, version);
      Files.write(file, bytes);
      byte[] before = Files.readAllBytes(journal());
      StoreException e = assertThrows(StoreException.class, () -> ConfigStore.open(folder, ROOT));
      String text = e.toString();
      assertTrue(text.contains(file.toString()) && text.contains("version " + version), text);
      assertFalse(e.remedy().isEmpty());
      assertArrayEquals(bytes, Files.readAllBytes(file));
      assertArrayEquals(before, Files.readAllBytes(journal()));
      assertFalse(Files.exists(folder.resolve(Journal.DAMAGED_FILE)));
    }
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
      store.shorten();
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
