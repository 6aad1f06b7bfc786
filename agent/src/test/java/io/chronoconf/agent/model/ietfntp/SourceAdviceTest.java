package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAdviceTest {
  private static NtpConfig with(int servers, int peers, int broadcasts) {
    List<AssociationConfig> associations = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      associations.add(association("10.0.0." + i, AssociationMode.CLIENT));
    }
    for (int i = 0; i < peers; i++) {
      associations.add(association("10.0.1." + i, AssociationMode.SYMMETRIC_ACTIVE));
    }
    for (int i = 0; i < broadcasts; i++) {
      associations.add(association("10.0.2." + i, AssociationMode.BROADCAST_SERVER));
    }
    return new NtpConfig(new ServiceConfig(true, 123, true), List.of(), associations);
  }

  private static AssociationConfig association(String address, AssociationMode mode) {
    return new AssociationConfig(
        new AssociationKey("", InetAddress.ofLiteral(address), mode, true),
        123,
        4,
        new PollExponent(6),
        new PollExponent(10),
        false,
        false,
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0,false",
    "1,0,0,false",
    "1,0,1,false",
    "2,0,0,true",
    "1,1,3,true",
    "3,0,0,false",
    "4,0,0,false",
    "2,2,0,false",
  })
  void twoSourcesAreAdvisedAgainst(int servers, int peers, int broadcasts, boolean isAdvised) {
    Optional<String> advice = SourceAdvice.of(NtpConfig.OFF, with(servers, peers, broadcasts));
    assertEquals(isAdvised, advice.isPresent());
  }

  @Test
  void itIsSaidOnce() {
    NtpConfig two = with(2, 0, 0);
    assertEquals(Optional.empty(), SourceAdvice.of(two, two));
    assertEquals(Optional.empty(), SourceAdvice.of(two, with(1, 1, 0)));
    assertTrue(SourceAdvice.of(with(3, 0, 0), two).isPresent());
  }
}
