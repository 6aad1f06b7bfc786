package io.chronoconf.agent.cli;

/// A value as somebody wrote it.
///
/// @param text the value
/// @param origin where it stands, for messages: `option --netconf-port`, or file, line, column and
///   element
record Given(String text, String origin) {}
