package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Configurations for properties: up to eight associations with 10.0.0.1 to 10.0.0.4, and one of
/// two names.
final class RandomConfigs {
  private RandomConfigs() {}

  /// Any configuration, off one time in eight.
  static NtpConfig next(Random random) {
    return random.nextInt(8) == 0 ? NtpConfig.OFF : enabled(random);
  }

  /// Any configuration of a service that is on.
  static NtpConfig enabled(Random random) {
    List<AssociationConfig> associations = new ArrayList<>();
    for (int host = 1; host <= 4; host++) {
      for (AssociationMode mode :
          List.of(AssociationMode.CLIENT, AssociationMode.SYMMETRIC_ACTIVE)) {
        if (random.nextBoolean()) {
          associations.add(association(host, mode, random.nextInt(4, 7), random.nextBoolean()));
        }
      }
    }
    List<LocalReferenceConfig> references =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new LocalReferenceConfig(
                    (Inet4Address) InetAddress.ofLiteral("127.127.1.0"), random.nextInt(1, 3)));
    return new NtpConfig(
        service(random),
        new KeyRing(random.nextBoolean(), Map.of()),
        new AccessRules(
            new AccessRules.Family(
                random.nextBoolean() ? Map.of() : Map.of(AccessRight.SERVER, Optional.empty())),
            new AccessRules.Family(Map.of()),
            AccessRules.ControlQueryPolicy.BY_ACCESS_RIGHT),
        new OffsetPolicy(random.nextInt(2), 128, 128),
        network(random),
        new TimeSources(references, associations, hosts(random)));
  }

  private static NetworkConfig network(Random random) {
    InterfaceConfig device =
        new InterfaceConfig(
            "", "eth0", random.nextBoolean(), true, random.nextBoolean(), Set.of(), Set.of());
    return new NetworkConfig(
        random.nextBoolean() ? Map.of() : Map.of("vpn1", "vpn1-" + random.nextInt(2)),
        random.nextBoolean() ? List.of() : List.of(device),
        new SourceConfig(
            random.nextBoolean() ? Optional.empty() : Optional.of("lo"),
            Optional.empty(),
            Optional.empty()));
  }

  private static List<HostConfig> hosts(Random random) {
    AssociationConfig settings =
        new AssociationConfig(
                new AssociationKey(
                    "", InetAddress.ofLiteral("0.0.0.0"), AssociationMode.CLIENT, true),
                123,
                4,
                new PollExponent(6),
                new PollExponent(10),
                false,
                false,
                random.nextBoolean())
            .withHostName("ntp" + random.nextInt(2) + ".example.net");
    return random.nextBoolean()
        ? List.of()
        : List.of(new HostConfig(settings, AddressFamily.IPV4, 1));
  }

  private static ServiceConfig service(Random random) {
    ServiceConfig full = new ServiceConfig(true, random.nextInt(1024, 1026), random.nextBoolean());
    return random.nextInt(4) == 0 ? full.asClientOnly() : full;
  }

  static AssociationConfig association(
      int host, AssociationMode mode, int minPoll, boolean prefer) {
    return new AssociationConfig(
        new AssociationKey("", InetAddress.ofLiteral("10.0.0." + host), mode, true),
        123,
        4,
        new PollExponent(minPoll),
        new PollExponent(10),
        false,
        false,
        prefer);
  }
}
