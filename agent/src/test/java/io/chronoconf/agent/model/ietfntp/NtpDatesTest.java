package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.common.Uint8;

class NtpDatesTest {
  private static final Instant TIME = Instant.parse("2026-11-23T12:34:56.789012Z");
  private static final NtpTimestamp STAMP = NtpTimestamp.of(TIME.plusNanos(100));

  private static Object shown(DeviceZone zone) {
    return new NtpDates(TIME, zone).of(STAMP);
  }

  @Test
  void aKnownTimeIsADateAndAnUnknownOneIsZero() {
    assertEquals("2026-11-23T12:34:56.789012Z", shown(new DeviceZone.Unknown()));
    assertEquals(Uint8.ZERO, new NtpDates(TIME, new DeviceZone.Unknown()).of(NtpTimestamp.UNKNOWN));
  }

  @Test
  void aDateIsTheSameInstantInTheDevicesZone() {
    assertEquals(
        "2026-11-23T13:34:56.789012+01:00",
        shown(new DeviceZone.Named(ZoneId.of("Europe/Stockholm"))));
    assertEquals("2026-11-23T09:04:56.789012-03:30", shown(new DeviceZone.Fixed(-210)));
  }

  @Test
  void aTimeAfterTheEraEndsIsToldByThePivot() {
    Instant time = Instant.parse("2036-02-08T00:00:00Z");
    assertEquals(
        "2036-02-08T00:00:00Z",
        new NtpDates(time.minusSeconds(9), new DeviceZone.Unknown()).of(NtpTimestamp.of(time)));
  }

  @ParameterizedTest
  @CsvSource({
    "2036-02-07T06:28:15.5Z, 2036-02-07T06:28:17Z",
    "2036-02-07T06:28:16.25Z, 2036-02-07T06:28:15Z",
    "2036-02-07T06:28:16.25Z, 2036-02-07T06:28:17Z",
    "2036-02-07T06:28:16Z, 2036-02-07T06:28:16Z",
    "2040-06-30T23:59:59Z, 2040-07-01T00:00:00Z"
  })
  void stampsOfEitherEraAreDates(Instant time, Instant pivot) {
    assertEquals(
        time.toString(), new NtpDates(pivot, new DeviceZone.Unknown()).of(NtpTimestamp.of(time)));
  }
}
