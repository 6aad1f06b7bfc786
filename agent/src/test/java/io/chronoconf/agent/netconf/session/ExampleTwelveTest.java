package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.model.ietfinterfaces.InterfacesModule;
import io.chronoconf.agent.model.ietfntp.KeyCipher;
import io.chronoconf.agent.model.ietfntp.NtpModule;
import io.chronoconf.agent.model.networkinstance.NetworkInstancesModule;
import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureAccess;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureHosts;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureInstances;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureInterfaces;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureKeys;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureOffsets;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureService;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureSource;
import io.chronoconf.ntp.engine.EngineCommand.Mobilize;
import io.chronoconf.ntp.engine.EngineCommand.SetLocalReferences;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.Role;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Example 12 of the configuration guide: everything that its other examples leave out, in one
/// commit. The engine is one that only remembers what it is told, for the example's servers are
/// nobody's to ask.
class ExampleTwelveTest {
  private static final Path PAYLOAD =
      Path.of("../yang/src/test/resources/guide/12-everything-else/all.config.xml");

  /// What stands in the file for a key that this device has encrypted.
  private static final String SOMEBODYS = "$c$4$AAECAwQFBgc";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private final List<EngineCommand> told = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private KeyCipher cipher;

  @SuppressWarnings("NullAway.Init")
  private String payload;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestSession session;

  private final class Recorder implements EngineControl {
    @Override
    public void apply(List<EngineCommand> commands) {
      told.addAll(commands);
    }

    @Override
    public EngineStatus status() {
      throw new AssertionError("nobody reads state here");
    }
  }

  @BeforeEach
  void commit() throws Exception {
    cipher = KeyCipher.open(Files.createDirectory(folder.resolve("keys")));
    String whole = Files.readString(PAYLOAD);
    payload =
        whole
            .substring(whole.indexOf('>') + 1, whole.lastIndexOf("</config>"))
            .replace(SOMEBODYS, encrypted("stored"));
    server =
        TestServer.withModules(
            folder.resolve("config"),
            root ->
                List.of(
                    new NtpModule(
                        root,
                        new Recorder(),
                        InstantSource.system(),
                        DeviceZone.Unknown::new,
                        cipher),
                    new NetworkInstancesModule(root),
                    new InterfacesModule(
                        root, () -> new HostNetwork(Map.of()), InstantSource.system())));
    session = server.session();
    told.clear();
    assertEquals(
        "ok",
        session
            .rpc(
                "<edit-config><target><candidate/></target><config>%s</config></edit-config>"
                    .formatted(payload))
            .summary());
    assertEquals("ok", session.rpc("<commit/>").summary());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String encrypted(String key) {
    return cipher.encrypt(key.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void runningHasWhatWasSentWithItsKeysEncrypted() throws Exception {
    String running = session.rpc("<get-config><source><running/></source></get-config>").data();
    String hex = "00112233445566778899aabbccddeeff";
    String sent =
        payload
            .replace("<keystring>plain</keystring>", cipherString(encrypted("plain")))
            .replaceFirst(
                "<hexadecimal-string>.*</hexadecimal-string>",
                cipherString(cipher.encrypt(HexFormat.of().parseHex(hex))).replace("$", "\\$"));
    assertEquals(Trees.leaves(Trees.config(sent)), Trees.leaves(Trees.config(running)));
    assertTrue(running.contains("vpn-instance"), "it has no leaves");
    assertFalse(running.contains("plain") || running.contains("aa:bb"), running);
  }

  private static String cipherString(String text) {
    return "<ccn:cipher-string>%s</ccn:cipher-string>".formatted(text);
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static AssociationConfig speaker(String group, int version, int ttl, OptionalLong key) {
    PollExponent usual = new PollExponent(6);
    return new AssociationConfig(
        new AssociationKey(
            "", "Vlan-interface2", address(group), AssociationMode.BROADCAST_SERVER, true),
        123,
        version,
        usual,
        usual,
        false,
        false,
        false,
        key,
        Optional.empty(),
        ttl);
  }

  private static AssociationConfig client() {
    return new AssociationConfig(
        new AssociationKey("", address("1.1.1.1"), AssociationMode.CLIENT, true),
        123,
        1,
        new PollExponent(4),
        new PollExponent(17),
        false,
        false,
        true,
        OptionalLong.of(1),
        Optional.of("LoopBack0"),
        0);
  }

  private static HostConfig peer() {
    AssociationKey key =
        new AssociationKey("", address("::"), AssociationMode.SYMMETRIC_ACTIVE, true);
    AssociationConfig settings =
        new AssociationConfig(
            key, 123, 4, new PollExponent(6), new PollExponent(10), false, false, false);
    return new HostConfig(settings.withHostName("ntp1.example.com"), AddressFamily.IPV6, 1);
  }

  private static AccessRules rights() {
    Optional<AccessList> ipv4 = permitting("10.10.0.0", 16);
    Optional<AccessList> ipv6 = permitting("2001::", 64);
    return new AccessRules(
        new AccessRules.Family(Map.of(AccessRight.PEER, ipv4, AccessRight.SERVER, ipv4)),
        new AccessRules.Family(Map.of(AccessRight.PEER, Optional.empty(), AccessRight.QUERY, ipv6)),
        AccessRules.ControlQueryPolicy.DENY);
  }

  private static Optional<AccessList> permitting(String network, int length) {
    Prefix source = new Prefix(address(network), length);
    return Optional.of(
        new AccessList(List.of(new AccessEntry(true, Optional.of(source), Optional.empty()))));
  }

  @Test
  void theEngineIsToldOfEverything() {
    Set<EngineCommand> expected = new HashSet<>();
    expected.add(
        new ConfigureService(new ServiceConfig(true, 123, true, 50, new Dscp(30, 30), Role.FULL)));
    expected.add(new ConfigureOffsets(new OffsetPolicy(1000, 500, 600)));
    expected.add(
        new SetLocalReferences(
            List.of(
                new LocalReferenceConfig((Inet4Address) address("127.127.1.1"), 8),
                new LocalReferenceConfig((Inet4Address) address("127.127.1.2"), 8))));
    expected.add(new Mobilize(client()));
    expected.add(new Mobilize(speaker("255.255.255.255", 3, 1, OptionalLong.of(1))));
    expected.add(new Mobilize(speaker("224.0.1.1", 2, 32, OptionalLong.empty())));
    expected.add(new Mobilize(speaker("ff24::1", 4, 16, OptionalLong.empty())));
    expected.add(new ConfigureHosts(List.of(peer())));
    expected.add(new ConfigureInstances(Map.of("vpn1", "vpn1")));
    expected.add(
        new ConfigureInterfaces(
            List.of(
                new InterfaceConfig(
                    "", "Vlan-interface2", false, false, false, Set.of(), Set.of()))));
    expected.add(
        new ConfigureSource(
            new SourceConfig(
                Optional.empty(), Optional.of(address("9.9.9.9")), Optional.of("LoopBack0"))));
    expected.add(new ConfigureAccess(rights()));
    List<EngineCommand> others = new ArrayList<>(told);
    others.removeIf(ConfigureKeys.class::isInstance);
    assertEquals(expected, new HashSet<>(others));
    assertEquals(expected.size(), others.size(), "each once");
  }

  @Test
  void theEngineHasEveryKeyAndKnowsWhoMayUseIt() {
    KeyRing ring =
        told.stream()
            .filter(ConfigureKeys.class::isInstance)
            .map(command -> ((ConfigureKeys) command).keys())
            .findFirst()
            .orElseThrow();
    assertTrue(ring.isEnabled());
    assertEquals(Set.of(1L, 3L, 4_294_967_295L), ring.keys().keySet());
    AuthenticationKey first = key(ring, 1);
    assertTrue(first.isTrusted());
    assertEquals(MacAlgorithm.HMAC_SHA_256, first.algorithm());
    assertTrue(first.admits(from("10.10.0.1")) && first.admits(from("2001::1")));
    assertFalse(first.admits(from("10.11.0.1")) || first.admits(from("2002::1")));
    assertEquals(MacAlgorithm.AES_CMAC, key(ring, 3).algorithm());
    assertFalse(key(ring, 3).isTrusted());
    assertEquals(MacAlgorithm.HMAC_SHA_1, key(ring, 4_294_967_295L).algorithm());
    assertTrue(key(ring, 4_294_967_295L).admits(from("10.11.0.1")));
  }

  private static AuthenticationKey key(KeyRing ring, long id) {
    return Objects.requireNonNull(ring.keys().get(id));
  }

  private static PacketFacts from(String source) {
    InetAddress own = address(source.contains(":") ? "2001::9" : "10.10.0.9");
    return PacketFacts.of(new InetSocketAddress(address(source), 123), own, 123, 0);
  }
}
