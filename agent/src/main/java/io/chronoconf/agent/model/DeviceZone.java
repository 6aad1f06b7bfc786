package io.chronoconf.agent.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The time zone in which the device shows dates: what configuration says, or none. RFC 6991 wants
/// `date-and-time` values with the numeric offset that the device is configured for.
public sealed interface DeviceZone {
  /// Nothing is configured: dates are in UTC and end in Z.
  record Unknown() implements DeviceZone {}

  /// A zone of the time zone database, with daylight saving time.
  record Named(ZoneId zone) implements DeviceZone {}

  /// The same distance all year.
  ///
  /// @param minutes to add to UTC, -1500 to 1500; Java's own offsets end at 18 hours
  record Fixed(int minutes) implements DeviceZone {}

  /// An instant as a `date-and-time`.
  default String text(Instant instant) {
    return switch (this) {
      case Unknown _ -> instant.toString();
      case Named(ZoneId zone) ->
          text(instant, Math.floorDiv(zone.getRules().getOffset(instant).getTotalSeconds(), 60));
      case Fixed(int minutes) -> text(instant, minutes);
    };
  }

  private static String text(Instant instant, int minutes) {
    LocalDateTime local =
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC).plusMinutes((long) minutes);
    int size = Math.abs(minutes);
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local)
        + "%s%02d:%02d".formatted(minutes < 0 ? "-" : "+", size / 60, size % 60);
  }
}
