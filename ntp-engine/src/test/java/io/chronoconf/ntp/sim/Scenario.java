package io.chronoconf.ntp.sim;

import java.util.List;
import java.util.Optional;

/// What is simulated: clients in a chain (mostly one) that start cold, and the servers of the
/// first.
///
/// @param offset initial error of the clients' clocks in seconds, positive if ahead
/// @param frequencies initial error of each client's oscillator; the last client is the one
///   measured
/// @param wander of the oscillators per square root of a second
/// @param servers of the first client; the first one's delays also hold between clients
/// @param loss share of packets lost each way
/// @param minPoll log2 seconds
/// @param maxPoll log2 seconds
/// @param seconds length of the run
/// @param from first second of the window that statistics are taken of
/// @param step a disturbance of the measured clock
public record Scenario(
    double offset,
    List<Double> frequencies,
    double wander,
    List<ServerSetup> servers,
    double loss,
    int minPoll,
    int maxPoll,
    int seconds,
    int from,
    Optional<ClockStep> step) {
  public Scenario {
    frequencies = List.copyOf(frequencies);
    servers = List.copyOf(servers);
    if (frequencies.isEmpty() || servers.isEmpty()) {
      throw new IllegalArgumentException("a scenario needs a client and a server");
    }
    if (from < 0 || from >= seconds) {
      throw new IllegalArgumentException("the window must begin within the run");
    }
  }

  public Scenario withOffset(double newOffset) {
    return new Scenario(
        newOffset, frequencies, wander, servers, loss, minPoll, maxPoll, seconds, from, step);
  }

  /// Shifts the frequencies so that the mean of a chain's is `frequency`.
  public Scenario withFrequency(double frequency) {
    double mean = frequencies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    List<Double> shifted = frequencies.stream().map(each -> each - mean + frequency).toList();
    return new Scenario(
        offset, shifted, wander, servers, loss, minPoll, maxPoll, seconds, from, step);
  }

  public Scenario withWander(double newWander) {
    return new Scenario(
        offset, frequencies, newWander, servers, loss, minPoll, maxPoll, seconds, from, step);
  }

  public Scenario withServers(List<ServerSetup> newServers) {
    return new Scenario(
        offset, frequencies, wander, newServers, loss, minPoll, maxPoll, seconds, from, step);
  }

  public Scenario withLoss(double newLoss) {
    return new Scenario(
        offset, frequencies, wander, servers, newLoss, minPoll, maxPoll, seconds, from, step);
  }

  public Scenario withPoll(int minimum, int maximum) {
    return new Scenario(
        offset, frequencies, wander, servers, loss, minimum, maximum, seconds, from, step);
  }

  public Scenario withRun(int newSeconds, int newFrom) {
    return new Scenario(
        offset, frequencies, wander, servers, loss, minPoll, maxPoll, newSeconds, newFrom, step);
  }

  public Scenario withStep(ClockStep newStep) {
    return new Scenario(
        offset,
        frequencies,
        wander,
        servers,
        loss,
        minPoll,
        maxPoll,
        seconds,
        from,
        Optional.of(newStep));
  }
}
