package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.EngineCommand.ConfigureKeys;
import io.chronoconf.ntp.engine.EngineCommand.Reconfigure;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyChangeTest {
  private static KeyRing ring(long... ids) {
    Map<Long, AuthenticationKey> keys = new HashMap<>();
    for (long id : ids) {
      keys.put(
          id,
          new AuthenticationKey(id, MacAlgorithm.SHA_1, new byte[] {(byte) id}, true, _ -> true));
    }
    return new KeyRing(true, keys);
  }

  private static NtpConfig config(KeyRing keys, AssociationConfig association) {
    return new NtpConfig(
        new ServiceConfig(true, 1024, true),
        keys,
        AccessRules.NONE,
        OffsetPolicy.STANDARD,
        NetworkConfig.NONE,
        new TimeSources(List.of(), List.of(association), List.of()));
  }

  private static AssociationConfig server(boolean isPreferred) {
    return new AssociationConfig(
        new AssociationKey("", InetAddress.ofLiteral("10.0.0.1"), AssociationMode.CLIENT, true),
        123,
        4,
        new PollExponent(6),
        new PollExponent(10),
        false,
        false,
        isPreferred);
  }

  /// Old and new keys go over in one step, with no moment without any, and no association ends.
  @Test
  void aRolloverIsOneCommandAndEndsNoAssociation() {
    KeyRing before = ring(1, 2);
    KeyRing after = ring(2, 3);
    assertEquals(
        List.of(new ConfigureKeys(after)),
        NtpReconciler.diff(config(before, server(false)), config(after, server(false))));
    assertEquals(
        List.of(new ConfigureKeys(after), new Reconfigure(server(true))),
        NtpReconciler.diff(config(before, server(false)), config(after, server(true))));
  }
}
