package io.chronoconf.datastore;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.commit.Alarms;
import java.time.InstantSource;

/// How datastores behave.
///
/// @param access is asked before each change; reads are pruned by who answers them
/// @param clock tells when a change happened
/// @param alarms end confirmed commits that nobody confirms
/// @param isRunningWritable whether running can be edited directly (`:writable-running`, RFC 6241
///   section 8.2)
/// @param hasStartup whether the device starts from a datastore of its own, to which running has to
///   be copied to survive (`:startup`, RFC 6241 section 8.7)
public record DatastoreOptions(
    AccessControl access,
    InstantSource clock,
    Alarms alarms,
    boolean isRunningWritable,
    boolean hasStartup) {
  /// Neither `:writable-running` nor `:startup`.
  public static DatastoreOptions of(AccessControl access, InstantSource clock, Alarms alarms) {
    return new DatastoreOptions(access, clock, alarms, false, false);
  }
}
