package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.linux.LinuxPlatform;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole service on real sockets, in real time.
@Tag("loopback")
class NtpServiceTest {
  private static final int SECONDS = 30;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"LINUX", "NETTY"})
  void aClientFollowsAServer(TransportKind kind) {
    assumeTrue(kind != TransportKind.LINUX || LinuxPlatform.obstacle().isEmpty());
    try (LiveAgent server = new LiveAgent(kind, 0, 1e-5).serve();
        LiveAgent client = new LiveAgent(kind, 0.3, -2e-5)) {
      assertTrue(Math.abs(client.secondsAheadOf(server)) > 0.29);
      client.follow(server.address(LiveAgent.LOOPBACK));
      Awaiting.until(
          SECONDS,
          () ->
              client.status().system().isSynchronized()
                  && Math.abs(client.secondsAheadOf(server)) < 0.001,
          () -> client.secondsAheadOf(server) + " " + client.status());
      assertEquals(4, client.status().system().stratum());
      assertEquals(List.of(), client.status().degraded());
      assertTrue(client.onlyAssociation().counters().received() >= 3);
      assertTrue(server.status().counters().sent() >= 3, "the server's threads count too");
    }
  }

  @Test
  void aClientFollowsAServerOverIpv6() {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    try (LiveAgent server = new LiveAgent(TransportKind.AUTO, 0, 0).serve();
        LiveAgent client = new LiveAgent(TransportKind.AUTO, -0.3, 0)) {
      client.follow(server.address(loopback));
      Awaiting.until(SECONDS, () -> client.status().system().isSynchronized(), client::status);
    }
  }

  @Test
  void commandsAreInForceWhenTheNextStatusIsTaken() {
    try (LiveAgent agent = new LiveAgent(TransportKind.AUTO, 0, 0)) {
      InetSocketAddress nobody = new InetSocketAddress(LiveAgent.LOOPBACK, 9);
      agent.follow(nobody);
      assertEquals(
          List.of(LiveAgent.association(nobody)),
          agent.status().associations().stream().map(row -> row.config()).toList());
      agent.service.apply(
          List.of(new EngineCommand.Demobilize(LiveAgent.association(nobody).key())));
      assertEquals(List.of(), agent.status().associations());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"LINUX", "NETTY"})
  void aTakenPortIsDegradedStateWithItsRemedyAndNoEnd(TransportKind kind) throws Exception {
    assumeTrue(kind != TransportKind.LINUX || LinuxPlatform.obstacle().isEmpty());
    List<InetAddress> loopback = List.of(LiveAgent.LOOPBACK);
    try (DatagramSocket taken = new DatagramSocket(0, LiveAgent.LOOPBACK);
        LiveAgent agent = new LiveAgent(kind, 0, 0, loopback)) {
      int port = taken.getLocalPort();
      agent.service.apply(List.of(configure(port)));
      Awaiting.until(SECONDS, () -> !agent.status().degraded().isEmpty(), agent::status);
      String text = agent.status().degraded().getFirst();
      assertTrue(text.contains("127.0.0.1 port " + port + ": another program has this port"), text);
      assertEquals(List.of(), agent.service.serverAddresses());

      closeEarly(taken);
      Awaiting.until(SECONDS, () -> agent.status().degraded().isEmpty(), agent::status);
      assertEquals(
          List.of(new InetSocketAddress(LiveAgent.LOOPBACK, port)),
          agent.service.serverAddresses());
    }
  }

  @Test
  void disablingTheServiceFreesThePort() throws Exception {
    try (LiveAgent agent =
        new LiveAgent(TransportKind.AUTO, 0, 0, List.of(LiveAgent.LOOPBACK)).serve()) {
      InetSocketAddress served = agent.address(LiveAgent.LOOPBACK);
      agent.service.apply(
          List.of(new EngineCommand.ConfigureService(new ServiceConfig(false, 0, true))));
      Awaiting.until(SECONDS, () -> agent.service.serverAddresses().isEmpty(), agent::status);
      try (DatagramSocket free = new DatagramSocket(served)) {
        assertEquals(served.getPort(), free.getLocalPort());
      }
    }
  }

  @Test
  void aClientAloneFreesThePortOfTheFullService() throws Exception {
    try (LiveAgent agent =
        new LiveAgent(TransportKind.AUTO, 0, 0, List.of(LiveAgent.LOOPBACK)).serve()) {
      InetSocketAddress served = agent.address(LiveAgent.LOOPBACK);
      agent.service.apply(
          List.of(
              new EngineCommand.ConfigureService(
                  new ServiceConfig(true, served.getPort(), true).asClientOnly())));
      Awaiting.until(SECONDS, () -> agent.service.serverAddresses().isEmpty(), agent::status);
      try (DatagramSocket free = new DatagramSocket(served)) {
        assertEquals(served.getPort(), free.getLocalPort());
      }
    }
  }

  @Test
  void aRestartDoesNotStepTheClock() {
    VirtualClock before = VirtualClock.start(NtpDuration.ofSeconds(77), 0);
    before.adjust(1e-4, NtpDuration.ZERO, 0);
    NtpServiceOptions options = NtpServiceOptions.of(before).withStateFolder(folder);
    NtpService.start(options).close();
    VirtualClock after = VirtualClock.start(NtpDuration.ZERO, 0);
    try (NtpService second =
        NtpService.start(NtpServiceOptions.of(after).withStateFolder(folder))) {
      long raw = after.rawNanos();
      double gap = after.at(raw).local().minus(before.at(raw).local()).toSeconds();
      assertEquals(0, gap, 1e-6);
      assertEquals(List.of(), second.status().degraded());
    }
  }

  @Test
  @SuppressWarnings("try") // closing is what is tried
  void closingEndsItsThreadsAndTheLastStatusRemains() {
    LiveAgent agent = new LiveAgent(TransportKind.AUTO, 0, 0).serve();
    agent.close();
    agent.close();
    EngineStatus last = agent.status();
    assertTrue(last.system().isSynchronized());
    assertEquals(last, agent.status());
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("ntp-")),
        "a thread lives on");
  }

  @Test
  void aRestartKeepsTheVirtualClockWithoutAStep() throws Exception {
    VirtualClock first = VirtualClock.start(NtpDuration.ofSeconds(100), 1e-5);
    NtpServiceOptions options = NtpServiceOptions.of(first).withStateFolder(folder);
    NtpService.start(options).close();
    assertTrue(Files.exists(folder.resolve("ntp.state")));

    VirtualClock second = VirtualClock.start(NtpDuration.ZERO, 1e-5);
    try (NtpService service =
        NtpService.start(NtpServiceOptions.of(second).withStateFolder(folder))) {
      assertEquals(List.of(), service.status().degraded());
      long raw = first.rawNanos();
      double jump = second.at(raw).local().minus(first.at(raw).local()).toSeconds();
      assertEquals(0, jump, 1e-6);
    }
  }

  @Test
  void aRestartKeepsTheFrequency() throws Exception {
    Files.writeString(folder.resolve("ntp.state"), "chronoconf-ntp-state 1\nfrequency 2.0E-5\n");
    VirtualClock clock = VirtualClock.start(NtpDuration.ZERO, 0);
    NtpServiceOptions options = NtpServiceOptions.of(clock).withStateFolder(folder);
    try (NtpService service = NtpService.start(options)) {
      service.apply(List.of(configure(0)));
      assertEquals(2e-5, service.status().system().frequency());
      assertEquals(SyncState.FREQ_SET_BY_CFG, service.status().system().syncState());
      assertEquals(2e-5, clock.anchor().frequency(), "the clock runs with it");
    }
  }

  @Test
  void aStateFolderThatCannotBeWrittenIsDegradedState() {
    VirtualClock clock = VirtualClock.start(NtpDuration.ZERO, 0);
    NtpServiceOptions options =
        NtpServiceOptions.of(clock).withStateFolder(folder.resolve("missing"));
    try (NtpService service = NtpService.start(options)) {
      Awaiting.until(SECONDS, () -> !service.status().degraded().isEmpty(), service::status);
      String text = service.status().degraded().getFirst();
      assertTrue(text.contains("not saved") && text.contains("make its folder writable"), text);
    }
  }

  @Test
  void theClockLogGrows() {
    Path log = folder.resolve("clock.csv");
    VirtualClock clock = VirtualClock.start(NtpDuration.ZERO, 0);
    try (NtpService service = NtpService.start(NtpServiceOptions.of(clock).withClockLog(log))) {
      Awaiting.until(SECONDS, () -> log.toFile().length() > 0, service::status);
    }
  }

  @Test
  void severalThreadsServeOnOnePort() throws Exception {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
    int port;
    try (DatagramSocket probe = new DatagramSocket(0, LiveAgent.LOOPBACK)) {
      port = probe.getLocalPort();
    }
    VirtualClock clock = VirtualClock.start(NtpDuration.ZERO, 0);
    NtpServiceOptions options =
        NtpServiceOptions.of(clock)
            .withTransport(TransportKind.LINUX)
            .withBindAddresses(List.of(LiveAgent.LOOPBACK))
            .withServerThreads(3);
    try (NtpService service = NtpService.start(options)) {
      service.apply(List.of(configure(port)));
      Awaiting.until(SECONDS, () -> !service.serverAddresses().isEmpty(), service::status);
      InetSocketAddress bound = new InetSocketAddress(LiveAgent.LOOPBACK, port);
      assertEquals(List.of(bound), service.serverAddresses());
      assertEquals(List.of(), service.status().degraded());
      // Many source ports: each thread gets some of them.
      for (int i = 0; i < 12; i++) {
        try (DatagramSocket client = new DatagramSocket(0, LiveAgent.LOOPBACK)) {
          assertEquals(0x24, BadInputTest.ask(client, bound)[0] & 0x3f);
        }
      }
    }
  }

  private static void closeEarly(DatagramSocket socket) {
    socket.close();
  }

  private static EngineCommand configure(int port) {
    return new EngineCommand.ConfigureService(new ServiceConfig(true, port, true));
  }
}
