package io.chronoconf.datastore.access;

import java.util.Set;

/// One rule (RFC 8341 list `rule`).
///
/// @param module name of the module that defines what it speaks of, `*` for any
/// @param subject what it speaks of
/// @param operations what is done to it
/// @param permits otherwise it denies
record Rule(String module, Subject subject, Set<AccessOperation> operations, boolean permits) {
  static final String ANY = "*";

  /// What a rule speaks of.
  sealed interface Subject {
    /// Everything of the module.
    record All() implements Subject {}

    /// An rpc, or every one.
    record Rpc(String name) implements Subject {}

    /// A notification, or every one.
    record Notification(String name) implements Subject {}

    /// Data nodes.
    record Data(RulePath path) implements Subject {}
  }

  boolean isAbout(String ofModule, AccessOperation operation) {
    return operations.contains(operation) && is(module, ofModule);
  }

  static boolean is(String pattern, String name) {
    return pattern.equals(ANY) || pattern.equals(name);
  }
}
