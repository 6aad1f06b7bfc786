package io.chronoconf.agent.cli;

/// The text of a leaf of the bootstrap file.
///
/// @param text what stands between the tags
/// @param line where, from 1
/// @param column where, from 1
record Located(String text, int line, int column) {}
