package io.chronoconf.agent.transport;

import java.net.InetSocketAddress;

/// An address to listen on.
///
/// @param address resolved
public record ListenConfig(TransportKind kind, InetSocketAddress address) {}
