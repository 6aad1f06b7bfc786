package io.chronoconf.controller;

import org.opendaylight.mdsal.dom.api.DOMNotification;
import org.opendaylight.netconf.client.mdsal.NetconfDeviceSchema;
import org.opendaylight.netconf.client.mdsal.api.NetconfSessionPreferences;
import org.opendaylight.netconf.client.mdsal.api.RemoteDeviceServices;

/// What OpenDaylight says about a device, in the order in which it says it.
sealed interface Event {
  /// The session is up and all schemas are compiled.
  record Connected(
      NetconfDeviceSchema schema,
      NetconfSessionPreferences preferences,
      RemoteDeviceServices services)
      implements Event {}

  record Disconnected() implements Event {}

  record Failed(Throwable cause) implements Event {}

  record Notified(DOMNotification notification) implements Event {}
}
