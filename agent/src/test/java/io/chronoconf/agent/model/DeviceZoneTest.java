package io.chronoconf.agent.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceZoneTest {
  private static final Instant WINTER = Instant.parse("2026-01-23T12:00:00Z");

  @Test
  void withoutAZoneDatesAreInUtc() {
    assertEquals("2026-01-23T12:00:00Z", new DeviceZone.Unknown().text(WINTER));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2026-01-23T12:00:00+00:00",
    "60, 2026-01-23T13:00:00+01:00",
    "-570, 2026-01-23T02:30:00-09:30",
    "1500, 2026-01-24T13:00:00+25:00",
    "-1500, 2026-01-22T11:00:00-25:00"
  })
  void anOffsetIsAddedAndTold(int minutes, String text) {
    assertEquals(text, new DeviceZone.Fixed(minutes).text(WINTER));
  }

  @Test
  void aNamedZoneKnowsItsSummer() {
    DeviceZone zone = new DeviceZone.Named(ZoneId.of("Europe/Stockholm"));
    assertEquals("2026-01-23T13:00:00+01:00", zone.text(WINTER));
    assertEquals("2026-07-23T14:00:00+02:00", zone.text(Instant.parse("2026-07-23T12:00:00Z")));
    assertEquals("2026-01-23T13:00:00.25+01:00", zone.text(WINTER.plusMillis(250)));
  }
}
