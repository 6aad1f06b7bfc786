package io.chronoconf.datastore;

import static io.chronoconf.datastore.lock.DatastoreName.CANDIDATE;
import static io.chronoconf.datastore.lock.DatastoreName.RUNNING;
import static io.chronoconf.datastore.lock.DatastoreName.STARTUP;
import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.refused;
import static io.chronoconf.datastore.testing.Trees.top;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.store.History;
import io.chronoconf.datastore.testing.FakeAlarms;
import io.chronoconf.datastore.testing.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Datastores with `:writable-running` and `:startup`, and their history.
class OtherTargetsTest {
  private static final SessionContext ONE = new SessionContext(1, "one");
  private static final SessionContext TWO = new SessionContext(2, "two");
  private static final String FIRST = "<number>1</number>";
  private static final String SECOND = "<number>1</number><number>2</number>";

  @TempDir Path folder;
  private final FakeAlarms alarms = new FakeAlarms();

  @SuppressWarnings("NullAway.Init")
  private Datastores datastores;

  @BeforeEach
  void open() throws Exception {
    open(true, false);
  }

  private void open(boolean isRunningWritable, boolean hasStartup) throws Exception {
    datastores =
        Datastores.open(
            ROOT,
            folder,
            _ -> topEdit(FIRST),
            List.of(),
            new DatastoreOptions(
                new AccessControl(ROOT, Set.of()),
                InstantSource.fixed(Instant.EPOCH),
                alarms,
                isRunningWritable,
                hasStartup));
  }

  private void restart(boolean isRunningWritable, boolean hasStartup) throws Exception {
    datastores.close();
    open(isRunningWritable, hasStartup);
  }

  @AfterEach
  void close() {
    datastores.close();
  }

  private void edit(DatastoreName target, String inner) throws RpcException {
    datastores.editConfig(ONE, target, EditRequest.of(topEdit(inner)));
  }

  private static ConfigSource named(DatastoreName name) {
    return new ConfigSource.Named(name);
  }

  private void assertHolds(DatastoreName name, String inner) throws RpcException {
    assertEquals(top(inner), datastores.read(name));
  }

  // Valid node by node, but not as a whole.
  private static EditTree invalid() throws RpcException {
    return Trees.edit("<strict xmlns='urn:test:all'/>");
  }

  @Test
  void editsOfRunningTakeEffectAndSurvive() throws Exception {
    edit(RUNNING, "<number>2</number>");
    assertHolds(RUNNING, SECOND);
    assertHolds(CANDIDATE, SECOND);
    restart(false, false);
    assertHolds(RUNNING, SECOND);
    assertEquals(
        ErrorTag.OPERATION_NOT_SUPPORTED, refused(() -> edit(RUNNING, "<number>3</number>")).tag());
  }

  @Test
  void editsOfRunningLeaveAnEditedCandidateAlone() throws Exception {
    edit(CANDIDATE, "<number>3</number>");
    edit(RUNNING, "<number>2</number>");
    assertHolds(CANDIDATE, "<number>1</number><number>3</number>");
    datastores.commit(ONE);
    assertHolds(RUNNING, "<number>1</number><number>3</number>");
  }

  @Test
  void editsOfRunningAreValidatedAndLocked() throws Exception {
    datastores.lock(TWO, RUNNING);
    assertEquals(ErrorTag.IN_USE, refused(() -> edit(RUNNING, "<number>2</number>")).tag());
    datastores.unlock(TWO, RUNNING);
    assertEquals(
        ErrorTag.DATA_MISSING,
        refused(() -> datastores.editConfig(ONE, RUNNING, EditRequest.of(invalid()))).tag());
    assertHolds(RUNNING, FIRST);
  }

  @Test
  void editsOfRunningStopGoOnOrRollBackOnErrors() throws Exception {
    String edits = "<number>2</number><number nc:operation='delete'>9</number><number>3</number>";
    for (ErrorOption option : ErrorOption.values()) {
      EditRequest request =
          new EditRequest(topEdit(edits), EditOperation.MERGE, TestOption.SET, option);
      assertEquals(
          ErrorTag.DATA_MISSING, refused(() -> datastores.editConfig(ONE, RUNNING, request)).tag());
      assertHolds(
          RUNNING,
          switch (option) {
            case STOP_ON_ERROR -> SECOND;
            case CONTINUE_ON_ERROR -> SECOND + "<number>3</number>";
            case ROLLBACK_ON_ERROR -> FIRST;
          });
      datastores.copyConfig(ONE, new ConfigSource.Inline(topEdit(FIRST)), RUNNING);
      assertHolds(RUNNING, FIRST);
    }
  }

  @Test
  void testsOfRunningChangeNothing() throws Exception {
    EditRequest request =
        new EditRequest(
            topEdit("<number>2</number>"),
            EditOperation.MERGE,
            TestOption.TEST_ONLY,
            ErrorOption.STOP_ON_ERROR);
    datastores.editConfig(ONE, RUNNING, request);
    assertHolds(RUNNING, FIRST);
  }

  @Test
  void editsOfRunningBelongToAConfirmedCommitThatWaits() throws Exception {
    datastores.commit(
        ONE,
        new CommitRequest(Optional.of(Duration.ofMinutes(1)), Optional.empty(), Optional.empty()),
        Optional.empty());
    edit(RUNNING, "<number>2</number>");
    assertEquals(
        ErrorTag.IN_USE,
        refused(() -> datastores.copyConfig(TWO, named(CANDIDATE), RUNNING)).tag());
    datastores.cancelCommit(ONE, Optional.empty());
    assertHolds(RUNNING, FIRST);
  }

  @Test
  void runningSurvivesOnlyInTheStartup() throws Exception {
    restart(true, true);
    edit(RUNNING, "<number>2</number>");
    assertHolds(STARTUP, FIRST);
    restart(true, true);
    assertHolds(RUNNING, FIRST);
    edit(RUNNING, "<number>2</number>");
    datastores.copyConfig(ONE, named(RUNNING), STARTUP);
    assertHolds(STARTUP, SECOND);
    restart(true, true);
    assertHolds(RUNNING, SECOND);
  }

  @Test
  void theFirstConfigurationIsTheFirstCommit() throws Exception {
    for (boolean hasStartup : new boolean[] {false, true}) {
      datastores.close();
      folder = folder.resolve("another");
      open(true, hasStartup);
      edit(RUNNING, "<number>2</number>");
      assertEquals(2, datastores.history().size());
      long first = datastores.history().getFirst().revision().number();
      datastores.rollBack(ONE, first, Optional.empty());
      assertHolds(RUNNING, FIRST);
    }
  }

  @Test
  void theStartupIsCopiedBackAndLocked() throws Exception {
    restart(true, true);
    edit(RUNNING, "<number>2</number>");
    datastores.copyConfig(ONE, named(STARTUP), RUNNING);
    assertHolds(RUNNING, FIRST);
    datastores.lock(TWO, STARTUP);
    assertEquals(
        ErrorTag.IN_USE, refused(() -> datastores.copyConfig(ONE, named(RUNNING), STARTUP)).tag());
    assertEquals(ErrorTag.IN_USE, refused(() -> datastores.deleteConfig(ONE, STARTUP)).tag());
    assertEquals(ErrorTag.OPERATION_NOT_SUPPORTED, refused(() -> edit(STARTUP, FIRST)).tag());
  }

  @Test
  void aDeletedStartupStartsADeviceAsNew() throws Exception {
    restart(true, true);
    edit(RUNNING, "<number>2</number>");
    datastores.copyConfig(ONE, named(RUNNING), STARTUP);
    datastores.deleteConfig(ONE, STARTUP);
    assertEquals(EMPTY, datastores.read(STARTUP));
    assertHolds(RUNNING, SECOND);
    restart(true, true);
    assertHolds(RUNNING, FIRST);
  }

  @Test
  void anInvalidConfigurationNeverBecomesTheStartup() throws Exception {
    restart(true, true);
    ConfigSource bad = new ConfigSource.Inline(invalid());
    refused(() -> datastores.copyConfig(ONE, bad, STARTUP));
    assertHolds(STARTUP, FIRST);
  }

  @Test
  void rollsBackToAnyCommitOfTheHistory() throws Exception {
    edit(RUNNING, "<number>2</number>");
    edit(RUNNING, "<number nc:operation='delete'>1</number>");
    List<History.Entry> history = datastores.history();
    assertEquals(
        List.of("agent", "one", "one"), history.stream().map(e -> e.revision().user()).toList());
    datastores.rollBack(TWO, history.get(1).revision().number(), Optional.empty());
    assertHolds(RUNNING, SECOND);
    assertEquals("two", datastores.history().getLast().revision().user());
    restart(true, false);
    assertHolds(RUNNING, SECOND);
    datastores.rollBack(TWO, history.getFirst().revision().number(), Optional.empty());
    assertHolds(RUNNING, FIRST);
    assertEquals(
        ErrorTag.INVALID_VALUE,
        refused(() -> datastores.rollBack(TWO, 77, Optional.empty())).tag());
  }

  @Test
  void changesUnderAConditionNeedTheRevisionThatRuns() throws Exception {
    String seen = datastores.revision();
    Optional<String> ifSeen = Optional.of(seen);
    EditRequest request = EditRequest.of(topEdit("<number>2</number>"));
    datastores.editConfig(ONE, CANDIDATE, request, ifSeen);
    datastores.commit(ONE, CommitRequest.PLAIN, ifSeen);
    for (var change :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> datastores.editConfig(TWO, CANDIDATE, request, ifSeen),
            () -> datastores.commit(TWO, CommitRequest.PLAIN, ifSeen),
            () -> datastores.copyConfig(TWO, named(RUNNING), CANDIDATE, ifSeen),
            () -> datastores.rollBack(TWO, 1, ifSeen))) {
      var error = refused(change);
      assertEquals(ErrorTag.OPERATION_FAILED, error.tag());
      assertEquals(Optional.of("revision-mismatch"), error.appTag());
    }
  }
}
