package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.packet.ReferenceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One engine takes time from another.
class TwoEnginesTest {
  private static EngineFixture master(int stratum) {
    EngineFixture master = new EngineFixture();
    master.command(EngineFixture.service(true, false), EngineFixture.local(stratum));
    return master;
  }

  @ParameterizedTest
  @CsvSource({"1.0.1.11, 0100010b", "3000::34, 5fc51128"})
  void aClientBehindAStratumTwoMasterIsStratumThree(String address, String referenceId) {
    EngineFixture client = new EngineFixture().serveBy(address, master(2)).following(address);
    client.run(10);
    SystemStatus system = client.system();
    assertTrue(system.isSynchronized());
    assertEquals(3, system.stratum());
    assertEquals(Integer.parseUnsignedInt(referenceId, 16), system.referenceId());
    assertEquals(Optional.of(EngineFixture.config(address, true).key()), system.systemPeer());
    assertEquals(0, client.error(), 1e-5);
    AssociationStatus row = client.row(address);
    assertEquals(2, row.stratum());
    assertEquals(0x7f7f0100, row.referenceId());
    assertEquals(6, row.poll());
    assertEquals(Selection.SYSTEM_PEER, row.selection());
    assertEquals(EngineFixture.PRECISION, row.precision());
  }

  @Test
  void timeGoesDownAChain() {
    EngineFixture middle = new EngineFixture().serveBy("1.0.1.11", master(2));
    middle.following("1.0.1.11");
    EngineFixture last = new EngineFixture().serveBy("1.0.2.1", middle).following("1.0.2.1");
    last.run(60);
    assertEquals(4, last.system().stratum());
    assertEquals(
        ReferenceId.of(EngineFixture.address("1.0.1.11")).bits(),
        last.row("1.0.2.1").referenceId());
    assertTrue(last.system().rootDispersion().compareTo(middle.system().rootDispersion()) > 0);
  }

  @Test
  void nobodyFollowsAServerThatIsNotSynchronized() {
    EngineFixture server = new EngineFixture();
    server.command(EngineFixture.service(true, true));
    EngineFixture client = new EngineFixture().serveBy("1.0.1.11", server).following("1.0.1.11");
    client.run(100);
    assertFalse(client.system().isSynchronized());
    assertEquals(RejectReason.UNSYNCHRONIZED, client.row("1.0.1.11").rejectReason());
    assertEquals(3, client.row("1.0.1.11").leap());
    assertEquals(0, client.row("1.0.1.11").reach());
  }

  @Test
  void aStratumFifteenMasterIsNotFollowed() {
    EngineFixture client =
        new EngineFixture().serveBy("1.0.1.11", master(15)).following("1.0.1.11");
    client.run(100);
    assertEquals(RejectReason.STRATUM, client.row("1.0.1.11").rejectReason());
  }
}
