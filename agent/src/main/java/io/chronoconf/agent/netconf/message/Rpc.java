package io.chronoconf.agent.netconf.message;

/// One request: what its reply has to echo, and what to do.
public record Rpc(RpcEnvelope envelope, Operation operation) {}
