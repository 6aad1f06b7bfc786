package io.chronoconf.ntp.association;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static NtpTimestamp at(String time) {
    return NtpTimestamp.of(Instant.parse(time));
  }

  private static Now now(double seconds, NtpTimestamp local) {
    return new Now(new MonotonicTime(Math.round(seconds * 1e9)), local);
  }

  private static void check(Exchange.Measured measured, double offset, double delay) {
    assertEquals(offset, measured.offset().toSeconds(), 1e-8);
    assertEquals(delay, measured.delay().toSeconds(), 1e-8);
  }

  @Test
  void measuresTheGuidesExample() {
    Exchange exchange =
        new Exchange(
            now(0, at("2011-01-01T10:00:00Z")),
            at("2011-01-01T11:00:01Z"),
            at("2011-01-01T11:00:02Z"),
            now(3, at("2011-01-01T10:00:03Z")));
    check(exchange.measure(0), 3600, 2);
  }

  @Test
  void measuresAcrossTheEndOfTheEra() {
    Exchange exchange =
        new Exchange(
            now(0, at("2036-02-07T06:28:14Z")),
            at("2036-02-07T06:28:16.500Z"),
            at("2036-02-07T06:28:16.500Z"),
            now(1, at("2036-02-07T06:28:15Z")));
    check(exchange.measure(0), 2, 1);
  }

  @Test
  void measuresOffsetsOfDecades() {
    Exchange ahead =
        new Exchange(
            now(0, at("2000-01-01T00:00:00Z")),
            at("2060-01-01T00:00:00Z"),
            at("2060-01-01T00:00:00Z"),
            now(0, at("2000-01-01T00:00:00Z")));
    assertEquals(60 * 365.25 * 86400, ahead.measure(0).offset().toSeconds(), 86400);
  }

  @Test
  void isNotDisturbedByAStepOnTheWay() {
    NtpTimestamp start = at("2026-01-01T00:00:00Z");
    NtpDuration step = NtpDuration.ofSeconds(-7);
    Exchange exchange =
        new Exchange(
            now(0, start),
            start.plus(NtpDuration.ofSeconds(-6.9)),
            start.plus(NtpDuration.ofSeconds(-6.9)),
            now(0.2, start.plus(NtpDuration.ofSeconds(0.2)).plus(step)));
    check(exchange.measure(0), 0, 0.2);
  }

  @Test
  void tellsElapsedTimeByTheCorrectedRate() {
    NtpTimestamp start = at("2026-01-01T00:00:00Z");
    Exchange exchange =
        new Exchange(
            now(0, start), start, start, now(1, start.plus(NtpDuration.ofSeconds(1.0001))));
    check(exchange.measure(1e-4), -0.50005, 1.0001);
  }
}
