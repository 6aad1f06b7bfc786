package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which association may be followed, and what becomes of the system variables then (RFC 5905
/// sections 11.2.1 and 11.2.3): one server of stratum 3, its root delay 0.1 s and root dispersion
/// 0.2 s, with whatever the clock filter says.
class FollowingTest {
  private static final InetAddress SERVER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.100");
  private static final int ITS_SOURCE = 0x0a000001;
  private static final NtpTimestamp TIME = new NtpTimestamp(0xe900_0000_0000_0000L);

  private static Now at(double seconds) {
    return new Now(
        new MonotonicTime(Math.round(seconds * 1e9)), TIME.plus(NtpDuration.ofSeconds(seconds)));
  }

  private static Association association(int poll, int referenceId) {
    PollExponent exponent = new PollExponent(poll);
    Association association =
        new Association(
            7,
            new AssociationConfig(
                new AssociationKey("", SERVER, AssociationMode.CLIENT, true),
                123,
                4,
                exponent,
                exponent,
                false,
                false,
                false),
            -20,
            at(0),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    NtpPacket own =
        NtpPacket.own(3, 0, -20, NtpDuration.ZERO, NtpDuration.ZERO, 0, NtpTimestamp.UNKNOWN);
    NtpTimestamp nonce = association.next(own, 0, 0, at(1)).orElseThrow().transmit();
    NtpTimestamp there = at(1.005).local();
    association.receive(
        Packets.withRoot(Packets.header(0, 3, referenceId, nonce, there, there), 0.1, 0.2),
        OWN,
        1,
        at(1.01),
        0);
    return association;
  }

  private static FilterEstimate estimate(double delay, double dispersion, double jitter) {
    return new FilterEstimate(
        NtpDuration.ZERO,
        NtpDuration.ofSeconds(delay),
        NtpDuration.ofSeconds(dispersion),
        NtpDuration.ofSeconds(jitter),
        List.of());
  }

  private static RejectReason judge(Association association, FilterEstimate estimate) {
    return Fitness.judge(association, Optional.of(estimate), 15, 0);
  }

  /// Half of both delays, both dispersions and the jitter are 1.5 s and what a poll adds.
  @ParameterizedTest
  @CsvSource({
    "4, 1.2201, true",
    "4, 1.2204, false",
    "10, 1.235, true",
    "10, 1.236, false",
  })
  void rootDistanceIsLimitedByThePollInterval(int poll, double dispersion, boolean isGood) {
    assertEquals(
        isGood ? RejectReason.NONE : RejectReason.DISTANCE,
        judge(association(poll, ITS_SOURCE), estimate(0.02, dispersion, 0.02)));
  }

  @Test
  void whoFollowsUsOrWhomWeFollowIsALoop() {
    FilterEstimate good = estimate(0.02, 0.01, 0.001);
    assertEquals(RejectReason.LOOP, judge(association(6, ReferenceId.of(OWN).bits()), good));
    Association sibling = association(6, ITS_SOURCE);
    assertEquals(RejectReason.LOOP, Fitness.judge(sibling, Optional.of(good), 15, ITS_SOURCE));
    assertEquals(RejectReason.NONE, judge(sibling, good));
  }

  @Test
  void whoIsNotReachableOrOfTooHighAStratumIsNotFollowed() {
    FilterEstimate good = estimate(0.02, 0.01, 0.001);
    Association association = association(6, ITS_SOURCE);
    assertEquals(RejectReason.STRATUM, Fitness.judge(association, Optional.of(good), 3, 0));
    for (int i = 0; i < 8; i++) {
      association.reach().shift(at(10 + i).monotonic());
    }
    assertEquals(RejectReason.NO_REPLY, judge(association, good));
  }

  private static SystemVariables following(FilterEstimate estimate, double offset, double jitter) {
    NtpDuration residual = NtpDuration.ofSeconds(offset);
    return SystemVariables.following(
        association(6, ITS_SOURCE), estimate, residual, residual, jitter, at(2));
  }

  @Test
  void takesOverTheServersStratumAndDelay() {
    SystemVariables system = following(estimate(0.02, 0.01, 0.001), 0, 0.001);
    assertEquals(4, system.stratum());
    assertEquals(ReferenceId.of(SERVER).bits(), system.referenceId());
    assertEquals(7, system.peerId());
    assertEquals(0.1 + 0.02, system.rootDelay(), 1e-4);
    assertEquals(at(2).local(), system.reference());
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0, 0.001, 0.011",
    "0.01, 0.03, 0.004, 0.044",
    "0.01, -0.03, 0.004, 0.044",
    "0.001, 0, 0.001, 0.005",
    "0, 0, 0, 0.005",
  })
  void addsDispersionJitterAndOffsetAndFiveMillisecondsAtLeast(
      double dispersion, double offset, double jitter, double added) {
    SystemVariables system = following(estimate(0.02, dispersion, 0), offset, jitter);
    assertEquals(0.2 + added, system.rootDispersion(), 1e-4);
    assertEquals(0.2 + added + 1000 * 15e-6, system.rootDispersionAt(at(1002)), 1e-4);
  }
}
