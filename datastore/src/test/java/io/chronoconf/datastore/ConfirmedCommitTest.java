package io.chronoconf.datastore;

import static io.chronoconf.datastore.lock.DatastoreName.CANDIDATE;
import static io.chronoconf.datastore.lock.DatastoreName.RUNNING;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.TOP;
import static io.chronoconf.datastore.testing.Trees.refused;
import static io.chronoconf.datastore.testing.Trees.top;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.commit.CommitListener;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.commit.ConfirmEvent;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.testing.FakeAlarms;
import io.chronoconf.datastore.testing.RecordingModule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmedCommitTest {
  private static final SessionContext ONE = new SessionContext(1, "one");
  private static final SessionContext TWO = new SessionContext(2, "two");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String BEFORE = "<number>1</number>";
  private static final String AFTER = "<number>1</number><number>2</number>";

  @TempDir Path folder;
  private final FakeAlarms alarms = new FakeAlarms();
  private final List<String> events = new ArrayList<>();
  private final RecordingModule module = new RecordingModule("m", Set.of(TOP), new ArrayList<>());

  @SuppressWarnings("NullAway.Init")
  private Datastores datastores;

  @BeforeEach
  void open() throws Exception {
    datastores =
        Datastores.open(
            ROOT,
            folder,
            _ -> topEdit(BEFORE),
            List.of(module),
            DatastoreOptions.of(
                new AccessControl(ROOT, Set.of()), InstantSource.fixed(Instant.EPOCH), alarms));
    datastores.listen(
        new CommitListener() {
          @Override
          public void committed(SessionContext session, List<EditSummary.Change> changes) {
            events.add("change by " + session.user());
          }

          @Override
          public void saved(SessionContext session, List<EditSummary.Change> changes) {
            events.add("startup by " + session.user());
          }

          @Override
          public void confirmation(
              SessionContext session, ConfirmEvent event, Optional<Duration> timeout) {
            events.add(
                event.wire()
                    + " by "
                    + session.user()
                    + timeout.map(t -> " " + t.toSeconds()).orElse(""));
          }
        });
  }

  @AfterEach
  void close() {
    datastores.close();
  }

  private static CommitRequest confirmed() {
    return new CommitRequest(Optional.of(MINUTE), Optional.empty(), Optional.empty());
  }

  private static CommitRequest persist(String token) {
    return new CommitRequest(Optional.of(MINUTE), Optional.of(token), Optional.empty());
  }

  private static CommitRequest persistId(String token) {
    return new CommitRequest(Optional.empty(), Optional.empty(), Optional.of(token));
  }

  private void commit(SessionContext session, CommitRequest request) throws RpcException {
    datastores.commit(session, request, Optional.empty());
  }

  private void begin(CommitRequest request) throws RpcException {
    edit("<number>2</number>");
    commit(ONE, request);
    assertRunning(AFTER);
  }

  private void edit(String inner) throws RpcException {
    datastores.editConfig(ONE, CANDIDATE, EditRequest.of(topEdit(inner)));
  }

  private void assertRunning(String inner) throws RpcException {
    assertEquals(top(inner), datastores.read(RUNNING));
    // What the modules were told last is what runs.
    assertEquals(datastores.read(RUNNING), module.changes.getLast().after());
  }

  // The alarm hands over to the writer thread: something that waits for it comes behind.
  private void pass(Duration time) throws RpcException {
    alarms.advance(time);
    datastores.lock(TWO, CANDIDATE);
    datastores.unlock(TWO, CANDIDATE);
  }

  private void assertRunningAfterRestart(String inner) throws Exception {
    datastores.close();
    datastores =
        Datastores.open(
            ROOT.context(), folder, _ -> topEdit(""), List.of(module), () -> Instant.EPOCH);
    assertRunning(inner);
  }

  private static void assertInvalid(RpcError error) {
    assertEquals(ErrorTag.INVALID_VALUE, error.tag(), error::message);
  }

  private static void assertInUse(RpcError error) {
    assertEquals(ErrorTag.IN_USE, error.tag(), error::message);
    assertEquals(List.of(Info.sessionId(1)), error.info());
  }

  @Test
  void isRevertedOnTimeout() throws Exception {
    begin(confirmed());
    pass(MINUTE.minusNanos(1));
    assertRunning(AFTER);
    pass(Duration.ofNanos(1));
    assertRunning(BEFORE);
    assertEquals(datastores.read(RUNNING), datastores.read(CANDIDATE));
    assertEquals(
        List.of("start by one 60", "change by one", "timeout by agent", "change by agent"), events);
    assertRunningAfterRestart(BEFORE);
  }

  @Test
  void staysOnceConfirmed() throws Exception {
    begin(confirmed());
    commit(ONE, CommitRequest.PLAIN);
    assertEquals(0, alarms.count());
    assertRunning(AFTER);
    assertEquals(List.of("start by one 60", "change by one", "complete by one"), events);
    assertRunningAfterRestart(AFTER);
  }

  @Test
  void isGoneAfterARestart() throws Exception {
    begin(persist("token"));
    assertRunningAfterRestart(BEFORE);
  }

  @Test
  void isConfirmedTogetherWithMoreChanges() throws Exception {
    begin(confirmed());
    edit("<number>3</number>");
    commit(ONE, CommitRequest.PLAIN);
    assertRunningAfterRestart(AFTER + "<number>3</number>");
  }

  @Test
  void isRevertedWholeAfterFollowUps() throws Exception {
    begin(confirmed());
    pass(MINUTE.dividedBy(2));
    edit("<number>3</number>");
    commit(ONE, confirmed());
    assertRunning(AFTER + "<number>3</number>");
    pass(MINUTE.minusNanos(1));
    assertRunning(AFTER + "<number>3</number>");
    pass(Duration.ofNanos(1));
    assertRunning(BEFORE);
    assertEquals("extend by one 60", events.get(2));
  }

  @Test
  void isRevertedWithItsSession() throws Exception {
    begin(confirmed());
    datastores.endSession(TWO);
    assertRunning(AFTER);
    datastores.endSession(ONE);
    assertRunning(BEFORE);
    assertEquals(List.of("cancel by one", "change by one"), events.subList(2, 4));
    assertEquals(0, alarms.count());
  }

  @Test
  void outlivesItsSessionIfItPersists() throws Exception {
    begin(persist("token"));
    datastores.endSession(ONE);
    assertRunning(AFTER);
    commit(TWO, persistId("token"));
    assertRunningAfterRestart(AFTER);
  }

  @Test
  void keepsOthersOut() throws Exception {
    begin(confirmed());
    assertInUse(refused(() -> commit(TWO, CommitRequest.PLAIN)));
    assertInUse(refused(() -> commit(TWO, confirmed())));
    assertInvalid(refused(() -> commit(ONE, persistId("token"))));
    RpcError denied = refused(() -> datastores.lock(TWO, RUNNING));
    assertEquals(ErrorTag.LOCK_DENIED, denied.tag());
    assertEquals(List.of(Info.sessionId(1)), denied.info());
    datastores.lock(ONE, RUNNING);
    commit(ONE, CommitRequest.PLAIN);
  }

  @Test
  void isConfirmedByItsTokenAlone() throws Exception {
    begin(persist("token"));
    assertInUse(refused(() -> commit(ONE, CommitRequest.PLAIN)));
    assertInvalid(refused(() -> commit(TWO, persistId("other"))));
    assertRunning(AFTER);
    commit(TWO, persistId("token"));
    assertInvalid(refused(() -> commit(TWO, persistId("token"))));
  }

  @Test
  void changesItsTokenInAFollowUp() throws Exception {
    begin(persist("token"));
    commit(TWO, new CommitRequest(Optional.of(MINUTE), Optional.of("new"), Optional.of("token")));
    assertInvalid(refused(() -> commit(TWO, persistId("token"))));
    commit(TWO, new CommitRequest(Optional.of(MINUTE), Optional.empty(), Optional.of("new")));
    commit(TWO, persistId("new"));
    assertRunningAfterRestart(AFTER);
  }

  @Test
  void isCancelledByItsSession() throws Exception {
    assertEquals(
        ErrorTag.OPERATION_FAILED,
        refused(() -> datastores.cancelCommit(ONE, Optional.empty())).tag());
    begin(confirmed());
    assertInvalid(refused(() -> datastores.cancelCommit(TWO, Optional.empty())));
    assertInvalid(refused(() -> datastores.cancelCommit(ONE, Optional.of("token"))));
    datastores.cancelCommit(ONE, Optional.empty());
    assertRunning(BEFORE);
    assertEquals(List.of("cancel by one", "change by one"), events.subList(2, 4));
  }

  @Test
  void isCancelledByItsToken() throws Exception {
    begin(persist("token"));
    assertInvalid(refused(() -> datastores.cancelCommit(ONE, Optional.empty())));
    assertInvalid(refused(() -> datastores.cancelCommit(ONE, Optional.of("other"))));
    datastores.cancelCommit(TWO, Optional.of("token"));
    assertRunning(BEFORE);
  }

  @Test
  void leavesACandidateAloneThatSomebodyEdited() throws Exception {
    begin(confirmed());
    edit("<number>3</number>");
    passWithCandidate(MINUTE);
    assertRunning(BEFORE);
    assertEquals(top(AFTER + "<number>3</number>"), datastores.read(CANDIDATE));
    commit(ONE, CommitRequest.PLAIN);
    assertRunningAfterRestart(AFTER + "<number>3</number>");
  }

  private void passWithCandidate(Duration time) throws RpcException {
    alarms.advance(time);
    datastores.lock(TWO, RUNNING);
    datastores.unlock(TWO, RUNNING);
  }

  @Test
  void showsTheRevisionThatRuns() throws Exception {
    String before = datastores.revision();
    begin(confirmed());
    String pending = datastores.revision();
    assertNotEquals(before, pending);
    assertEquals(1, datastores.history().size());
    datastores.cancelCommit(ONE, Optional.empty());
    assertEquals(before, datastores.revision());
    begin(confirmed());
    assertNotEquals(pending, datastores.revision());
    commit(ONE, CommitRequest.PLAIN);
    String confirmed = datastores.revision();
    assertEquals(2, datastores.history().size());
    assertRunningAfterRestart(AFTER);
    assertEquals(confirmed, datastores.revision());
  }

  @Test
  void thatChangesNothingWaitsAllTheSame() throws Exception {
    commit(ONE, confirmed());
    assertInUse(refused(() -> commit(TWO, CommitRequest.PLAIN)));
    passWithCandidate(MINUTE);
    commit(TWO, CommitRequest.PLAIN);
    assertEquals(List.of("start by one 60", "timeout by agent"), events);
  }
}
