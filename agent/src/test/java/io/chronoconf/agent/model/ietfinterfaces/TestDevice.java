package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostInterface.Statistics;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An interface of a host that is up, or whatever else is said of it.
public final class TestDevice {
  private final int index;
  private final String name;
  private final List<HostAddress> addresses = new ArrayList<>();
  private String kind = "";
  private boolean isUp = true;
  private boolean isEnabled = true;
  private boolean isLoopback;
  private int master;
  private int lower;
  private int mtu = 1500;
  private Statistics statistics = Statistics.NONE;

  public TestDevice(int index, String name) {
    this.index = index;
    this.name = name;
  }

  public TestDevice kind(String value) {
    kind = value;
    return this;
  }

  /// Without a carrier.
  public TestDevice down() {
    isUp = false;
    return this;
  }

  /// Switched off.
  public TestDevice off() {
    isEnabled = false;
    return down();
  }

  public TestDevice loopback() {
    isLoopback = true;
    mtu = 65_536;
    return this;
  }

  public TestDevice master(int value) {
    master = value;
    return this;
  }

  public TestDevice lower(int value) {
    lower = value;
    return this;
  }

  public TestDevice statistics(Statistics value) {
    statistics = value;
    return this;
  }

  public TestDevice address(String text, int prefixLength, boolean isPreferred) {
    addresses.add(
        new HostAddress(InetAddress.ofLiteral(text), prefixLength, Optional.empty(), isPreferred));
    return this;
  }

  public HostInterface build() {
    return new HostInterface(
        index,
        name,
        kind,
        isUp,
        isEnabled,
        isLoopback,
        !isLoopback,
        !isLoopback,
        master,
        lower,
        mtu,
        isLoopback ? "00:00:00:00:00:00" : "02:00:00:00:00:%02x".formatted(index),
        statistics,
        addresses);
  }
}
