package io.chronoconf.agent.model.ietfsystem;

import io.chronoconf.agent.model.PathTable;

/// What of the schema the local users and the system stand for.
public final class SystemPaths {
  public static final PathTable TABLE =
      PathTable.of(
          "system",
          """
          config /sys:system/sys:authentication/sys:user/sys:authorized-key/sys:algorithm
                 /sys:system/sys:authentication/sys:user/sys:authorized-key/sys:key-data
                 /sys:system/sys:authentication/sys:user/sys:authorized-key/sys:name
                 /sys:system/sys:authentication/sys:user/sys:name
                 /sys:system/sys:authentication/sys:user/sys:password
                 /sys:system/sys:clock/sys:timezone-name
                 /sys:system/sys:clock/sys:timezone-utc-offset
          stored /sys:system/sys:contact
                 /sys:system/sys:hostname
                 /sys:system/sys:location
          state  /sys:system-state/sys:clock/sys:boot-datetime
                 /sys:system-state/sys:clock/sys:current-datetime
                 /sys:system-state/sys:platform/sys:machine
                 /sys:system-state/sys:platform/sys:os-name
                 /sys:system-state/sys:platform/sys:os-release
                 /sys:system-state/sys:platform/sys:os-version
          """);

  private SystemPaths() {}
}
