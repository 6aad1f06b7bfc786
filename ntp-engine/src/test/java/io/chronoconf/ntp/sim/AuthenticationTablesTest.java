package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.EngineCommand;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables 3 to 6 of the guide, each row and each value that "N/A" stands for, with real packets
/// between two engines.
class AuthenticationTablesTest {
  private static final InetAddress A = InetAddress.ofLiteral("1.0.1.11");
  private static final InetAddress B = InetAddress.ofLiteral("1.0.1.12");
  private static final int KEY = 42;

  /// What comes of it, seen by who is to take the time.
  private enum Outcome {
    SUCCESS,
    FAILED,
    NOT_PERFORMED
  }

  /// One side.
  ///
  /// @param enabled authentication is on
  /// @param keyed the association has a key; of no meaning to the passive side
  /// @param trusted the key is trusted
  record Side(boolean enabled, boolean keyed, boolean trusted) {
    static Side of(int bits) {
      return new Side((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    KeyRing ring(MacAlgorithm algorithm, String secret, Predicate<PacketFacts> sources) {
      return new KeyRing(
          enabled,
          Map.of(
              (long) KEY,
              new AuthenticationKey(
                  KEY, algorithm, secret.getBytes(StandardCharsets.US_ASCII), trusted, sources)));
    }

    KeyRing ring() {
      return ring(MacAlgorithm.HMAC_SHA_256, "aNiceKey", _ -> true);
    }
  }

  private final EngineLab lab = new EngineLab(11);
  private final EngineNode a = lab.node(A, 0, 0);
  private final EngineNode b = lab.node(B, 0.03, 0);

  private static EngineCommand association(InetAddress to, AssociationMode mode, Side side) {
    return EngineLab.association(
        to, mode, side.keyed() ? OptionalLong.of(KEY) : OptionalLong.empty());
  }

  private static void start(EngineNode node, KeyRing ring, EngineCommand... more) {
    node.apply(List.of(new EngineCommand.ConfigureKeys(ring)));
    node.apply(List.of(more));
  }

  private void run(int seconds) {
    lab.link(a, b);
    lab.run(seconds);
  }

  private static Optional<AssociationStatus> row(EngineNode node, InetAddress of) {
    return node.status().associations().stream()
        .filter(row -> row.config().key().address().equals(of))
        .findFirst();
  }

  /// What `node` makes of the time that the other has.
  private static Outcome outcome(EngineNode node, InetAddress of) {
    boolean follows =
        node.status().system().systemPeer().filter(key -> key.address().equals(of)).isPresent();
    if (!follows) {
      return Outcome.FAILED;
    }
    return row(node, of).orElseThrow().authentication() == Authenticator.Result.SUCCESS
        ? Outcome.SUCCESS
        : Outcome.NOT_PERFORMED;
  }

  private static Stream<int[]> thirtyTwo() {
    return IntStream.range(0, 32).mapToObj(bits -> new int[] {bits & 7, bits >> 3});
  }

  /// Table 3: a client and its server.
  @ParameterizedTest
  @MethodSource("thirtyTwo")
  void clientAndServer(int[] vector) {
    Side client = Side.of(vector[0]);
    Side server = new Side((vector[1] & 1) != 0, false, (vector[1] & 2) != 0);
    Outcome expected =
        !client.enabled() || !client.keyed()
            ? Outcome.NOT_PERFORMED
            : client.trusted() && server.enabled() && server.trusted()
                ? Outcome.SUCCESS
                : Outcome.FAILED;
    start(a, server.ring(), EngineLab.local(2));
    start(b, client.ring(), association(A, AssociationMode.CLIENT, client));
    run(60);
    assertEquals(expected, outcome(b, A), client + " " + server);
    if (expected == Outcome.FAILED && server.enabled() && !client.trusted()) {
      assertEquals(RejectReason.AUTHENTICATION, row(b, A).orElseThrow().rejectReason());
    }
  }

  private static Stream<int[]> sixtyFour() {
    return IntStream.range(0, 64).mapToObj(bits -> new int[] {bits & 7, bits >> 3 & 3, bits >> 5});
  }

  /// Table 4: an active peer and a passive one.
  @ParameterizedTest
  @MethodSource("sixtyFour")
  void activeAndPassive(int[] vector) {
    Side active = Side.of(vector[0]);
    Side passive = new Side((vector[1] & 1) != 0, false, (vector[1] & 2) != 0);
    boolean isActiveSmaller = vector[2] == 1;
    Outcome expected = expected(active, passive, isActiveSmaller);
    // The one with the smaller stratum has the reference.
    if (isActiveSmaller) {
      start(
          a,
          active.ring(),
          EngineLab.local(2),
          association(B, AssociationMode.SYMMETRIC_ACTIVE, active));
      start(b, passive.ring());
    } else {
      start(a, active.ring(), association(B, AssociationMode.SYMMETRIC_ACTIVE, active));
      start(b, passive.ring(), EngineLab.local(2));
    }
    run(200);
    assertEquals(
        expected,
        isActiveSmaller ? outcome(b, A) : outcome(a, B),
        active + " " + passive + " active smaller: " + isActiveSmaller);
  }

  private static Outcome expected(Side active, Side passive, boolean isActiveSmaller) {
    boolean seals = active.enabled() && active.keyed();
    if (seals && active.trusted()) {
      return passive.enabled() && passive.trusted() ? Outcome.SUCCESS : Outcome.FAILED;
    }
    if (seals && !isActiveSmaller) {
      return Outcome.FAILED;
    }
    return passive.enabled() ? Outcome.FAILED : Outcome.NOT_PERFORMED;
  }

  private static Stream<Arguments> groups() {
    return Stream.of("255.255.255.255", "224.0.1.1")
        .flatMap(
            group -> thirtyTwo().map(vector -> Arguments.of(InetAddress.ofLiteral(group), vector)));
  }

  /// Tables 5 and 6: a broadcast or multicast server and its client.
  @ParameterizedTest
  @MethodSource("groups")
  void serverToManyAndClient(InetAddress group, int[] vector) {
    Side server = Side.of(vector[0]);
    Side client = new Side((vector[1] & 1) != 0, false, (vector[1] & 2) != 0);
    boolean seals = server.enabled() && server.keyed() && server.trusted();
    Outcome expected =
        client.enabled()
            ? seals && client.trusted() ? Outcome.SUCCESS : Outcome.FAILED
            : seals ? Outcome.FAILED : Outcome.NOT_PERFORMED;
    OptionalLong keyId = server.keyed() ? OptionalLong.of(KEY) : OptionalLong.empty();
    start(a, server.ring(), EngineLab.local(2), GroupTest.server(group, 6, keyId));
    start(b, client.ring(), GroupTest.follower(group));
    run(130);
    assertEquals(expected, outcome(b, A), group + " " + server + " " + client);
    assertEquals(expected != Outcome.FAILED, row(b, A).isPresent(), "an association");
  }

  @Test
  void whatCouldNotBeFormedAnyMoreEndsWithTheKeysThatChange() {
    start(a, ALL.ring(), EngineLab.local(2), GroupTest.server(EVERYBODY, 6, OptionalLong.empty()));
    start(b, new Side(false, false, true).ring(), GroupTest.follower(EVERYBODY));
    run(130);
    assertEquals(Outcome.NOT_PERFORMED, outcome(b, A));
    b.apply(List.of(new EngineCommand.ConfigureKeys(ALL.ring())));
    assertEquals(Optional.empty(), row(b, A));
    assertEquals(Outcome.FAILED, outcome(b, A));
  }

  private static final InetAddress EVERYBODY = InetAddress.ofLiteral("255.255.255.255");
  private static final Side ALL = new Side(true, true, true);

  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void everyAlgorithmSealsBothWays(MacAlgorithm algorithm) {
    KeyRing ring = ALL.ring(algorithm, "0123456789abcdef", _ -> true);
    start(a, ring, EngineLab.local(2), association(B, AssociationMode.SYMMETRIC_ACTIVE, ALL));
    start(b, ring);
    EngineNode client = lab.node(InetAddress.ofLiteral("1.0.1.13"), 0.01, 0);
    start(client, ring, association(A, AssociationMode.CLIENT, ALL));
    lab.link(a, client);
    run(200);
    assertEquals(Outcome.SUCCESS, outcome(b, A));
    assertEquals(Outcome.SUCCESS, outcome(client, A));
  }

  @Test
  void anotherSecretOrAlgorithmProvesNothing() {
    start(a, ALL.ring(MacAlgorithm.SHA_1, "aNiceKey", _ -> true), EngineLab.local(2));
    start(
        b,
        ALL.ring(MacAlgorithm.SHA_1, "aBadKey", _ -> true),
        association(A, AssociationMode.CLIENT, ALL));
    run(60);
    assertEquals(Outcome.FAILED, outcome(b, A));
    b.apply(
        List.of(
            new EngineCommand.ConfigureKeys(
                ALL.ring(MacAlgorithm.HMAC_SHA_1, "aNiceKey", _ -> true))));
    lab.run(300);
    assertEquals(Outcome.FAILED, outcome(b, A));
    // The right one is enough; nothing else has to be done.
    b.apply(List.of(new EngineCommand.ConfigureKeys(a(MacAlgorithm.SHA_1))));
    lab.run(600);
    assertEquals(Outcome.SUCCESS, outcome(b, A));
  }

  private static KeyRing a(MacAlgorithm algorithm) {
    return ALL.ring(algorithm, "aNiceKey", _ -> true);
  }

  @Test
  void aKeyIsForThoseThatItsListNames() {
    AccessList othersThanA =
        new AccessList(
            List.of(
                new AccessEntry(false, Optional.of(new Prefix(A, 32)), Optional.empty()),
                new AccessEntry(true, Optional.empty(), Optional.empty())));
    start(a, ALL.ring(), EngineLab.local(2));
    start(
        b,
        ALL.ring(MacAlgorithm.HMAC_SHA_256, "aNiceKey", othersThanA::permits),
        association(A, AssociationMode.CLIENT, ALL));
    run(60);
    assertEquals(Outcome.FAILED, outcome(b, A));
    // Who merely asks a server is not looked up in the list.
    EngineNode client = lab.node(InetAddress.ofLiteral("1.0.1.13"), 0.01, 0);
    start(client, ALL.ring(), association(B, AssociationMode.CLIENT, ALL));
    b.apply(List.of(EngineLab.local(3)));
    lab.link(b, client);
    lab.run(120);
    assertEquals(Outcome.SUCCESS, outcome(client, B));
  }
}
