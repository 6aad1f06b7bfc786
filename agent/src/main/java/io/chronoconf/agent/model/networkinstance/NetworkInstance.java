package io.chronoconf.agent.model.networkinstance;

/// A configured network instance.
///
/// @param name by which configuration refers to it, 1 to 31 characters
/// @param isEnabled whether it is used; the host's own is never changed
/// @param osName of its VRF device or network namespace
public record NetworkInstance(String name, boolean isEnabled, String osName) {}
