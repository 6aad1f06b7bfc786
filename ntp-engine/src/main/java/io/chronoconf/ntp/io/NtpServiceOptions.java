package io.chronoconf.ntp.io;

import io.chronoconf.ntp.control.Identity;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.HostClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a service needs to know before it starts; everything else is configured while it runs.
///
/// @param clock the clock that is disciplined and served
/// @param transport the packet driver
/// @param bindAddresses local addresses that serve; empty means every address, IPv4 and IPv6
/// @param stateFolder existing folder where the learnt frequency survives restarts; empty keeps
///   nothing
/// @param random nonces, poll jitter and the fuzz below precision; cryptographically strong outside
///   tests
/// @param clockLog file that gets one line a second with the oscillator and the clock, for outside
///   measurements; empty writes none
/// @param serverThreads threads that answer clients, 1 to 64
/// @param identity what control queries tell of this system
/// @param clientsRemembered clients that each thread remembers for control queries, 1 to
///   [MruTable#MAX_CAPACITY]; one takes 61 octets
/// @param hardwareStamps whether network hardware stamps packets
public record NtpServiceOptions(
    HostClock clock,
    TransportKind transport,
    List<InetAddress> bindAddresses,
    Optional<Path> stateFolder,
    RandomGenerator random,
    Optional<Path> clockLog,
    int serverThreads,
    Identity identity,
    int clientsRemembered,
    HardwareStampUse hardwareStamps) {
  private static final int MAX_SERVER_THREADS = 64;

  public NtpServiceOptions {
    bindAddresses = List.copyOf(bindAddresses);
    if (serverThreads < 1 || serverThreads > MAX_SERVER_THREADS) {
      throw new IllegalArgumentException(
          "serverThreads " + serverThreads + " is not in 1.." + MAX_SERVER_THREADS);
    }
    if (clientsRemembered < 1 || clientsRemembered > MruTable.MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "clientsRemembered " + clientsRemembered + " is not in 1.." + MruTable.MAX_CAPACITY);
    }
  }

  /// The usual: best transport, all addresses, one server thread, nothing kept, nothing asked of
  /// network hardware.
  public static NtpServiceOptions of(HostClock clock) {
    return new NtpServiceOptions(
        clock,
        TransportKind.AUTO,
        List.of(),
        Optional.empty(),
        new SecureRandom(),
        Optional.empty(),
        1,
        Identity.UNKNOWN,
        MruTable.DEFAULT_CAPACITY,
        HardwareStampUse.OFF);
  }

  public NtpServiceOptions withTransport(TransportKind kind) {
    return new NtpServiceOptions(
        clock,
        kind,
        bindAddresses,
        stateFolder,
        random,
        clockLog,
        serverThreads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withBindAddresses(List<InetAddress> addresses) {
    return new NtpServiceOptions(
        clock,
        transport,
        addresses,
        stateFolder,
        random,
        clockLog,
        serverThreads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withStateFolder(Path folder) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        Optional.of(folder),
        random,
        clockLog,
        serverThreads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withClockLog(Path file) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        random,
        Optional.of(file),
        serverThreads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withRandom(RandomGenerator generator) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        generator,
        clockLog,
        serverThreads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withServerThreads(int threads) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        random,
        clockLog,
        threads,
        identity,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withIdentity(Identity told) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        random,
        clockLog,
        serverThreads,
        told,
        clientsRemembered,
        hardwareStamps);
  }

  public NtpServiceOptions withClientsRemembered(int clients) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        random,
        clockLog,
        serverThreads,
        identity,
        clients,
        hardwareStamps);
  }

  public NtpServiceOptions withHardwareStamps(HardwareStampUse use) {
    return new NtpServiceOptions(
        clock,
        transport,
        bindAddresses,
        stateFolder,
        random,
        clockLog,
        serverThreads,
        identity,
        clientsRemembered,
        use);
  }
}
