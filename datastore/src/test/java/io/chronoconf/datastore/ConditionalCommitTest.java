package io.chronoconf.datastore;

import static io.chronoconf.datastore.testing.CheckTrees.ROOT;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.testing.RecordingModule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of nodes whose `when` is false.
class ConditionalCommitTest {
  private static final SessionContext SESSION = new SessionContext(1, "one");
  private static final String TOP =
      "<top xmlns='urn:test:check'><must-be>x</must-be></top>"
          + "<facts xmlns='urn:test:check'><bag>1</bag><bag>2</bag></facts>";
  private static final ConfigSource.Named CANDIDATE =
      new ConfigSource.Named(DatastoreName.CANDIDATE);

  @TempDir Path folder;
  private final RecordingModule module = new RecordingModule("one", Set.of(), new ArrayList<>());

  @SuppressWarnings("NullAway.Init")
  private Datastores datastores;

  @BeforeEach
  void open() throws Exception {
    datastores =
        Datastores.open(
            ROOT.context(),
            folder,
            _ -> edit(TOP + more("<level>7</level>")),
            List.of(module),
            InstantSource.fixed(Instant.EPOCH));
  }

  @AfterEach
  void close() {
    datastores.close();
  }

  @Test
  void goWithWhatTheyDependOn() throws Exception {
    commit("<right>a</right>");
    assertEquals(
        tree(TOP + more("<level>7</level><right>a</right>")),
        datastores.read(DatastoreName.RUNNING));
    commit("<level>6</level>");
    assertEquals(tree(TOP + more("<level>6</level>")), datastores.read(DatastoreName.RUNNING));
  }

  @Test
  void stayIfAModuleClingsToThemAndGoIfTheyAreTakenOutOnPurpose() throws Exception {
    commit("<right>a</right>");
    module.clings = "right";
    change("<level>6</level>");
    assertEquals(
        "clings",
        assertThrows(RpcException.class, () -> datastores.validate(SESSION, CANDIDATE))
            .getMessage());
    assertThrows(RpcException.class, () -> datastores.commit(SESSION));
    assertEquals(
        tree(TOP + more("<level>7</level><right>a</right>")),
        datastores.read(DatastoreName.RUNNING));
    commit(
        "<level>6</level><right xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
            + " nc:operation='delete'/>");
    assertEquals(tree(TOP + more("<level>6</level>")), datastores.read(DatastoreName.RUNNING));
  }

  @Test
  void areRefusedWhenTheyAreNew() throws Exception {
    change("<level>6</level><right>a</right>");
    assertEquals(
        ErrorTag.UNKNOWN_ELEMENT,
        assertThrows(RpcException.class, () -> datastores.validate(SESSION, CANDIDATE))
            .errors()
            .getFirst()
            .tag());
    assertEquals(
        ErrorTag.UNKNOWN_ELEMENT,
        assertThrows(RpcException.class, () -> datastores.commit(SESSION))
            .errors()
            .getFirst()
            .tag());
    assertEquals(tree(TOP + more("<level>7</level>")), datastores.read(DatastoreName.RUNNING));
  }

  private void commit(String inMore) throws RpcException {
    change(inMore);
    datastores.commit(SESSION);
  }

  private void change(String inMore) throws RpcException {
    datastores.editConfig(SESSION, DatastoreName.CANDIDATE, EditRequest.of(edit(more(inMore))));
  }

  private static String more(String inside) {
    return "<more xmlns='urn:test:check-more'>" + inside + "</more>";
  }

  private static EditTree edit(String elements) throws RpcException {
    byte[] xml = ("<config>" + elements + "</config>").getBytes(StandardCharsets.UTF_8);
    return EditXml.read(ROOT, new ByteArrayInputStream(xml));
  }
}
