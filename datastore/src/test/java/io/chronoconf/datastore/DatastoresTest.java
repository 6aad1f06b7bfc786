package io.chronoconf.datastore;

import static io.chronoconf.datastore.lock.DatastoreName.CANDIDATE;
import static io.chronoconf.datastore.lock.DatastoreName.RUNNING;
import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.SCHEMA;
import static io.chronoconf.datastore.testing.Trees.TOP;
import static io.chronoconf.datastore.testing.Trees.cursor;
import static io.chronoconf.datastore.testing.Trees.edit;
import static io.chronoconf.datastore.testing.Trees.name;
import static io.chronoconf.datastore.testing.Trees.refused;
import static io.chronoconf.datastore.testing.Trees.top;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.testing.RecordingModule;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.StateBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class DatastoresTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final SessionContext ONE = new SessionContext(1, "one");
  private static final SessionContext TWO = new SessionContext(2, "two");

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();
  private final RecordingModule first = new RecordingModule("first", Set.of(TOP), calls);
  private final RecordingModule second =
      new RecordingModule("second", Set.of(TOP, name("second")), calls);

  @SuppressWarnings("NullAway.Init")
  private Datastores datastores;

  @BeforeEach
  void open() throws Exception {
    datastores = reopen(_ -> topEdit("<number>1</number>"));
    calls.clear();
  }

  @AfterEach
  void close() {
    datastores.close();
  }

  private Datastores reopen(Datastores.FirstConfig config) throws Exception {
    return Datastores.open(SCHEMA, folder, config, List.of(first, second), CLOCK);
  }

  private static Datastores.FirstConfig never() {
    return _ -> {
      throw new AssertionError("there is a configuration already");
    };
  }

  private void editTop(SessionContext session, String inner) throws RpcException {
    datastores.editConfig(session, CANDIDATE, EditRequest.of(topEdit(inner)));
  }

  private static void assertRefused(ErrorTag tag, RpcError error) {
    assertEquals(tag, error.tag(), error::message);
  }

  @Test
  void startsFromTheFirstConfigurationAndKeepsIt() throws Exception {
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
    assertEquals(EMPTY, first.changes.getFirst().before());
    assertEquals(datastores.read(RUNNING), first.changes.getFirst().after());
    datastores.close();
    datastores = reopen(never());
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
    assertEquals(List.of("prepare first", "apply first", "prepare second", "apply second"), calls);
  }

  @Test
  void editsShowInTheCandidateAndRunOnceCommitted() throws Exception {
    editTop(ONE, "<number>2</number>");
    assertEquals(top("<number>1</number><number>2</number>"), datastores.read(CANDIDATE));
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
    datastores.commit(ONE);
    assertEquals(top("<number>1</number><number>2</number>"), datastores.read(RUNNING));
    assertEquals(List.of("prepare first", "prepare second", "apply first", "apply second"), calls);
    datastores.close();
    datastores = reopen(never());
    assertEquals(top("<number>1</number><number>2</number>"), datastores.read(RUNNING));
  }

  @Test
  void discardsChanges() throws Exception {
    editTop(ONE, "<number>2</number>");
    datastores.discardChanges(TWO);
    assertSame(datastores.read(RUNNING), datastores.read(CANDIDATE));
  }

  @Test
  void asksOnlyModulesThatReadWhatChanged() throws Exception {
    EditTree edit = edit("<second xmlns='urn:test:all'><value>x</value></second>");
    datastores.editConfig(ONE, CANDIDATE, EditRequest.of(edit));
    datastores.commit(ONE);
    assertEquals(List.of("prepare second", "apply second"), calls);
  }

  @Test
  void answersAnEmptyCommitWithoutWritingAnything() throws Exception {
    long size = Files.size(folder.resolve("journal"));
    datastores.commit(ONE);
    editTop(ONE, "<number>2</number>");
    editTop(ONE, "<number nc:operation='delete'>2</number>");
    datastores.commit(ONE);
    assertEquals(size, Files.size(folder.resolve("journal")));
    assertEquals(List.of(), calls);
  }

  @Test
  void abortsEverythingWhenOneModuleRefuses() throws Exception {
    second.refuses = true;
    editTop(ONE, "<number>2</number>");
    long size = Files.size(folder.resolve("journal"));
    RpcError error = refused(() -> datastores.commit(ONE));
    assertEquals("refused", error.message());
    assertEquals(List.of("prepare first", "prepare second", "abort first"), calls);
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
    assertEquals(top("<number>1</number><number>2</number>"), datastores.read(CANDIDATE));
    assertEquals(size, Files.size(folder.resolve("journal")));
  }

  @Test
  void validatesWithTheModulesAndChangesNothing() throws Exception {
    editTop(ONE, "<number>2</number>");
    datastores.validate(ONE, new ConfigSource.Named(CANDIDATE));
    assertEquals(List.of("prepare first", "prepare second", "abort second", "abort first"), calls);
    second.refuses = true;
    RpcError error = refused(() -> datastores.validate(ONE, new ConfigSource.Named(CANDIDATE)));
    assertEquals("refused", error.message());
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
  }

  @Test
  void startsWithWhatIsStoredEvenIfAModuleRefusesIt() throws Exception {
    datastores.close();
    first.refuses = true;
    datastores = reopen(never());
    assertEquals(top("<number>1</number>"), datastores.read(RUNNING));
    assertEquals(List.of("prepare first", "prepare second", "apply second"), calls);
  }

  @Test
  void keepsRunningValid() throws Exception {
    EditTree unfinished = edit("<strict xmlns='urn:test:all'/>");
    datastores.editConfig(ONE, CANDIDATE, EditRequest.of(unfinished));
    assertRefused(
        ErrorTag.DATA_MISSING,
        refused(() -> datastores.validate(ONE, new ConfigSource.Named(CANDIDATE))));
    assertRefused(ErrorTag.DATA_MISSING, refused(() -> datastores.commit(ONE)));
    assertRefused(
        ErrorTag.DATA_MISSING,
        refused(() -> datastores.validate(ONE, new ConfigSource.Inline(unfinished))));
    datastores.validate(ONE, new ConfigSource.Named(RUNNING));
    assertEquals(List.of(), calls);
  }

  @Nested
  class TestOptions {
    private EditRequest request(String xml, TestOption option) throws RpcException {
      return new EditRequest(edit(xml), EditOperation.MERGE, option, ErrorOption.STOP_ON_ERROR);
    }

    @Test
    void testOnlyChangesNothing() throws Exception {
      datastores.editConfig(
          ONE,
          CANDIDATE,
          request("<second xmlns='urn:test:all'><value>x</value></second>", TestOption.TEST_ONLY));
      assertEquals(top("<number>1</number>"), datastores.read(CANDIDATE));
      EditRequest bad = request("<strict xmlns='urn:test:all'/>", TestOption.TEST_ONLY);
      assertRefused(
          ErrorTag.DATA_MISSING, refused(() -> datastores.editConfig(ONE, CANDIDATE, bad)));
    }

    @Test
    void testThenSetKeepsOnlyWhatIsValid() throws Exception {
      EditRequest bad = request("<strict xmlns='urn:test:all'/>", TestOption.TEST_THEN_SET);
      assertRefused(
          ErrorTag.DATA_MISSING, refused(() -> datastores.editConfig(ONE, CANDIDATE, bad)));
      assertEquals(top("<number>1</number>"), datastores.read(CANDIDATE));
      datastores.editConfig(
          ONE,
          CANDIDATE,
          request(
              "<strict xmlns='urn:test:all'><needed>x</needed></strict>",
              TestOption.TEST_THEN_SET));
      datastores.commit(ONE);
    }
  }

  @Nested
  class Copies {
    @Test
    void replaceTheCandidate() throws Exception {
      datastores.copyConfig(ONE, new ConfigSource.Inline(topEdit("<number>7</number>")), CANDIDATE);
      assertEquals(top("<number>7</number>"), datastores.read(CANDIDATE));
      datastores.commit(ONE);
      assertEquals(top("<number>7</number>"), datastores.read(RUNNING));
      editTop(ONE, "<number>8</number>");
      datastores.copyConfig(ONE, new ConfigSource.Named(RUNNING), CANDIDATE);
      assertEquals(top("<number>7</number>"), datastores.read(CANDIDATE));
    }

    @Test
    void areRefusedOntoThemselvesAndOntoRunning() {
      assertRefused(
          ErrorTag.INVALID_VALUE,
          refused(() -> datastores.copyConfig(ONE, new ConfigSource.Named(CANDIDATE), CANDIDATE)));
      assertRefused(
          ErrorTag.OPERATION_NOT_SUPPORTED,
          refused(() -> datastores.copyConfig(ONE, new ConfigSource.Named(CANDIDATE), RUNNING)));
      for (DatastoreName name : DatastoreName.values()) {
        assertRefused(
            ErrorTag.OPERATION_NOT_SUPPORTED, refused(() -> datastores.deleteConfig(ONE, name)));
      }
      assertRefused(
          ErrorTag.OPERATION_NOT_SUPPORTED,
          refused(() -> datastores.editConfig(ONE, RUNNING, EditRequest.of(EditTree.EMPTY))));
    }
  }

  @Nested
  class Locks {
    private void assertHeldBy(long session, ErrorTag tag, RpcError error) {
      assertRefused(tag, error);
      assertEquals(List.of(Info.sessionId(session)), error.info());
    }

    @Test
    void areGrantedOnceAndListed() throws Exception {
      datastores.lock(ONE, RUNNING);
      datastores.lock(TWO, CANDIDATE);
      assertEquals(
          List.of(
              new LockStatus(RUNNING, 1, Instant.EPOCH),
              new LockStatus(CANDIDATE, 2, Instant.EPOCH)),
          datastores.locks());
      assertHeldBy(1, ErrorTag.LOCK_DENIED, refused(() -> datastores.lock(TWO, RUNNING)));
      assertHeldBy(1, ErrorTag.LOCK_DENIED, refused(() -> datastores.lock(ONE, RUNNING)));
      datastores.unlock(ONE, RUNNING);
      datastores.lock(TWO, RUNNING);
    }

    @Test
    void areGivenBackByTheirOwnerAlone() throws Exception {
      datastores.lock(ONE, RUNNING);
      assertRefused(ErrorTag.OPERATION_FAILED, refused(() -> datastores.unlock(TWO, RUNNING)));
      assertRefused(ErrorTag.OPERATION_FAILED, refused(() -> datastores.unlock(ONE, CANDIDATE)));
      assertEquals(1, datastores.locks().size());
    }

    @Test
    void areDeniedOnAModifiedCandidateToEverybody() throws Exception {
      editTop(ONE, "<number>2</number>");
      assertHeldBy(0, ErrorTag.LOCK_DENIED, refused(() -> datastores.lock(ONE, CANDIDATE)));
      assertHeldBy(0, ErrorTag.LOCK_DENIED, refused(() -> datastores.lock(TWO, CANDIDATE)));
      editTop(ONE, "<number nc:operation='delete'>2</number>");
      datastores.lock(ONE, CANDIDATE);
    }

    @Test
    void keepOthersFromWriting() throws Exception {
      datastores.lock(ONE, CANDIDATE);
      editTop(ONE, "<number>2</number>");
      assertHeldBy(1, ErrorTag.IN_USE, refused(() -> editTop(TWO, "<number>3</number>")));
      assertHeldBy(1, ErrorTag.IN_USE, refused(() -> datastores.commit(TWO)));
      assertHeldBy(1, ErrorTag.IN_USE, refused(() -> datastores.discardChanges(TWO)));
      assertHeldBy(
          1,
          ErrorTag.IN_USE,
          refused(() -> datastores.copyConfig(TWO, new ConfigSource.Named(RUNNING), CANDIDATE)));
      datastores.commit(ONE);
      datastores.unlock(ONE, CANDIDATE);
      editTop(TWO, "<number>3</number>");
      datastores.lock(ONE, RUNNING);
      assertHeldBy(1, ErrorTag.IN_USE, refused(() -> datastores.commit(TWO)));
      datastores.unlock(ONE, RUNNING);
      datastores.commit(TWO);
    }

    @Test
    void takeTheCandidatesChangesWithThem() throws Exception {
      datastores.lock(ONE, CANDIDATE);
      editTop(ONE, "<number>2</number>");
      datastores.unlock(ONE, CANDIDATE);
      assertEquals(top("<number>1</number>"), datastores.read(CANDIDATE));
      datastores.lock(ONE, CANDIDATE);
      datastores.lock(ONE, RUNNING);
      editTop(ONE, "<number>2</number>");
      datastores.endSession(ONE);
      assertEquals(top("<number>1</number>"), datastores.read(CANDIDATE));
      assertEquals(List.of(), datastores.locks());
    }

    @Test
    void otherSessionsEndWithoutTouchingASharedCandidate() throws Exception {
      editTop(ONE, "<number>2</number>");
      datastores.endSession(TWO);
      datastores.endSession(ONE);
      assertEquals(top("<number>1</number><number>2</number>"), datastores.read(CANDIDATE));
    }
  }

  @Test
  void laysStateOverConfiguration() throws Exception {
    editTop(ONE, "<person><name>a</name><age>3</age></person>");
    datastores.commit(ONE);
    first.state.add(
        StateBuilder.container(
            ROOT,
            TOP,
            top ->
                top.container(name("state"), state -> state.leaf(name("uptime"), 77))
                    .entry(
                        name("person"),
                        person -> person.leaf(name("name"), "a").leaf(name("age"), 4))));
    ConfigCursor view = cursor(datastores.operational(Set.of(TOP)));
    ConfigCursor state = view.container(name("state")).orElseThrow();
    assertEquals(Uint32.valueOf(77), state.leaf(name("uptime"), Uint32.class).orElseThrow());
    ConfigCursor person = view.list(name("person")).getFirst();
    assertEquals(Uint8.valueOf(4), person.leaf(name("age"), Uint8.class).orElseThrow());
    assertTrue(view.isExplicit(name("number")));
    assertEquals(EMPTY, datastores.operational(Set.of()));
    assertEquals(datastores.operational(Set.of(TOP)), datastores.operational());
  }

  @Test
  void twoSessionsAtOnceLoseNothingAndReadersSeeWholeEdits() throws Exception {
    int edits = 200;
    try (ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (SessionContext session : List.of(ONE, TWO)) {
        done.add(
            sessions.submit(
                () -> {
                  for (int i = 0; i < edits; i++) {
                    String entry = "<name>" + session.user() + i + "</name>";
                    // Whoever commits commits both sessions' edits: each is whole in itself.
                    editTop(session, "<person>" + entry + "</person><rule>" + entry + "</rule>");
                    if (i % 10 == 9) {
                      datastores.commit(session);
                    }
                  }
                  return null;
                }));
      }
      done.add(
          sessions.submit(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  ContainerNode seen = datastores.read(i % 2 == 0 ? RUNNING : CANDIDATE);
                  ConfigCursor top = cursor(seen);
                  assertEquals(top.list(name("person")).size(), top.list(name("rule")).size());
                }
                return null;
              }));
      for (Future<?> task : done) {
        task.get();
      }
    }
    assertEquals(2 * edits, cursor(datastores.read(RUNNING)).list(name("rule")).size());
    ContainerNode running = datastores.read(RUNNING);
    datastores.close();
    datastores = reopen(never());
    assertEquals(running, datastores.read(RUNNING));
  }

  @Test
  void refusesWorkOnceClosed() {
    datastores.close();
    assertThrows(IllegalStateException.class, () -> datastores.commit(ONE));
    datastores.endSession(ONE);
    datastores.close();
  }
}
