package io.chronoconf.datastore.lock;

import java.time.Instant;

/// A lock that is held (RFC 6022 section 2.1.2).
///
/// @param datastore what is locked
/// @param sessionId by whom
/// @param since when it was granted, by the clock given to the datastores
public record LockStatus(DatastoreName datastore, long sessionId, Instant since) {}
