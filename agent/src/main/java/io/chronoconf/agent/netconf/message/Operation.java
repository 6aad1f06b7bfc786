package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.lock.DatastoreName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;

/// What a client can ask for, its parameters checked for form.
public sealed interface Operation {
  /// RFC 6241 section 7.7. No filter means everything, a filter without content nothing.
  record Get(Optional<DataFilter> filter, DefaultsMode defaults) implements Operation {}

  /// RFC 6241 section 7.1.
  record GetConfig(DatastoreName source, Optional<DataFilter> filter, DefaultsMode defaults)
      implements Operation {}

  /// RFC 6241 section 7.2.
  ///
  /// @param request without an edit if that stands at a URL
  /// @param url where the edit is to be had (RFC 6241 section 8.8)
  /// @param ifRevision at which running has to be
  record EditConfig(
      DatastoreName target, EditRequest request, Optional<String> url, Optional<String> ifRevision)
      implements Operation {}

  /// RFC 6241 section 7.3.
  ///
  /// @param ifRevision at which running has to be
  record CopyConfig(ConfigPlace source, ConfigPlace target, Optional<String> ifRevision)
      implements Operation {}

  /// RFC 6241 section 7.4.
  record DeleteConfig(ConfigPlace target) implements Operation {}

  /// RFC 6241 section 7.5.
  record Lock(DatastoreName target) implements Operation {}

  /// RFC 5717 section 2.4.1.
  ///
  /// @param select expressions and, beside each, how it is kept
  record PartialLock(List<XPathFilter> select, List<String> kept) implements Operation {
    public PartialLock {
      select = List.copyOf(select);
      kept = List.copyOf(kept);
    }
  }

  /// RFC 5717 section 2.4.2.
  record PartialUnlock(long lockId) implements Operation {}

  /// RFC 6241 section 7.6.
  record Unlock(DatastoreName target) implements Operation {}

  /// RFC 6241 sections 8.3.4.1 and 8.4.5.1.
  ///
  /// @param ifRevision at which running has to be
  record Commit(CommitRequest request, Optional<String> ifRevision) implements Operation {}

  /// RFC 6241 section 8.4.4.1.
  record CancelCommit(Optional<String> persistId) implements Operation {}

  /// RFC 6241 section 8.3.4.2.
  record DiscardChanges() implements Operation {}

  /// RFC 6241 section 8.6.4.1.
  record Validate(ConfigPlace source) implements Operation {}

  /// RFC 6241 section 7.8.
  record CloseSession() implements Operation {}

  /// RFC 6241 section 7.9.
  record KillSession(long sessionId) implements Operation {}

  /// RFC 6022 section 3.1.
  ///
  /// @param identifier a module's or submodule's name
  /// @param version a revision date; the empty string asks for a module without revisions
  /// @param format `yang`, `yin` or another identity's name
  record GetSchema(String identifier, Optional<String> version, String format)
      implements Operation {}

  /// RFC 5277 section 2.1.1.
  ///
  /// @param stream as asked for, or the default
  /// @param filter resolved against the notifications
  record CreateSubscription(
      String stream, Optional<DataFilter> filter, Optional<Instant> start, Optional<Instant> stop)
      implements Operation {}

  /// RFC 8639 section 2.4.2.
  record EstablishSubscription(SubscriptionRequest request) implements Operation {}

  /// RFC 8639 section 2.4.3.
  record ModifySubscription(long id, SubscriptionRequest request) implements Operation {}

  /// RFC 8639 section 2.4.4.
  record DeleteSubscription(long id) implements Operation {}

  /// RFC 8639 section 2.4.5.
  record KillSubscription(long id) implements Operation {}

  /// RFC 8641 section 4.4.4.
  record ResyncSubscription(long id) implements Operation {}

  /// RFC 8526 section 3.1.1.
  ///
  /// @param isConfig whether configuration is wanted, or state; empty for both
  /// @param depth levels of each selected node, 1 for the node alone
  /// @param defaults empty for what the datastore holds by itself
  record GetData(
      NmdaDatastore datastore,
      Optional<DataFilter> filter,
      Optional<Boolean> isConfig,
      OriginFilter origins,
      int depth,
      boolean withOrigin,
      Optional<DefaultsMode> defaults)
      implements Operation {}

  /// RFC 8526 section 3.1.2.
  ///
  /// @param config empty if it is to be had at the URL
  record EditData(
      NmdaDatastore datastore,
      EditOperation defaultOperation,
      EditTree config,
      Optional<String> url)
      implements Operation {}

  /// RFC 9144 section 4.
  ///
  /// @param all whether what only one of the two can hold counts too
  record Compare(
      NmdaDatastore source,
      NmdaDatastore target,
      boolean all,
      boolean reportOrigin,
      Optional<DataFilter> filter)
      implements Operation {}

  /// An rpc that a module defines.
  record ModelRpc(QName name, EditTree input) implements Operation {}
}
