package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.ConfigDocument;
import io.chronoconf.agent.netconf.message.ConfigPlace;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.datastore.ConfigSource;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Performs what writes whole configurations or parts of them, wherever they lie. What comes from a
/// URL is fetched before anything else happens, so that nobody waits for a slow server. Any thread.
final class ConfigWrites {
  private final Datastores datastores;
  private final ConfigUrls urls;

  ConfigWrites(Datastores datastores, ConfigUrls urls) {
    this.datastores = datastores;
    this.urls = urls;
  }

  void edit(Operation.EditConfig edit, SessionContext session) throws RpcException {
    EditRequest given = edit.request();
    EditRequest request =
        edit.url().isPresent()
            ? new EditRequest(
                fetch(edit.url().get()),
                given.defaultOperation(),
                given.testOption(),
                given.errorOption())
            : given;
    datastores.editConfig(session, edit.target(), request, edit.ifRevision());
  }

  /// Like edit-config, but either the whole edit is made or nothing (RFC 8526 section 3.1.2).
  void edit(Operation.EditData edit, DatastoreName target, SessionContext session)
      throws RpcException {
    EditTree config = edit.url().isPresent() ? fetch(edit.url().get()) : edit.config();
    datastores.editConfig(
        session,
        target,
        new EditRequest(
            config,
            edit.defaultOperation(),
            EditRequest.TestOption.SET,
            EditRequest.ErrorOption.ROLLBACK_ON_ERROR));
  }

  void copy(Operation.CopyConfig copy, SessionContext session) throws RpcException {
    if (copy.source().equals(copy.target())) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.INVALID_VALUE,
              "Source and target of copy-config are the same: name two.")
          .asException();
    }
    switch (copy.target()) {
      case ConfigPlace.AtUrl(String url) -> urls.write(url, document(copy.source(), session));
      case ConfigPlace.Here(ConfigSource.Named named) ->
          datastores.copyConfig(
              session, source(copy.source()), named.datastore(), copy.ifRevision());
      case ConfigPlace.Here(ConfigSource.Inline _) ->
          throw new IllegalStateException("no configuration is a target");
    }
  }

  // A datastore leaves the device without what the user may not read (RFC 8341 section 3.2.6).
  private byte[] document(ConfigPlace source, SessionContext session) throws RpcException {
    return switch (source) {
      case ConfigPlace.AtUrl(String url) -> {
        byte[] content = urls.read(url);
        EditTree _ = ConfigDocument.read(datastores.root(), content);
        yield content;
      }
      case ConfigPlace.Here(ConfigSource.Named named) ->
          ConfigDocument.write(
              datastores.root(),
              datastores.access().readable(session, datastores.read(named.datastore())));
      case ConfigPlace.Here(ConfigSource.Inline inline) ->
          ConfigDocument.write(datastores.root(), tree(inline.config()));
    };
  }

  private ContainerNode tree(EditTree config) throws RpcException {
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(datastores.root().id()).build();
    EditApplier.Result result = EditApplier.apply(datastores.root(), empty, EditRequest.of(config));
    if (!result.errors().isEmpty()) {
      throw new RpcException(result.errors());
    }
    return result.tree();
  }

  void delete(Operation.DeleteConfig delete, SessionContext session) throws RpcException {
    switch (delete.target()) {
      case ConfigPlace.AtUrl(String url) -> urls.delete(url);
      case ConfigPlace.Here(ConfigSource.Named(DatastoreName name)) ->
          datastores.deleteConfig(session, name);
      case ConfigPlace.Here(ConfigSource.Inline _) ->
          throw new IllegalStateException("no configuration is a target");
    }
  }

  void validate(Operation.Validate validate, SessionContext session) throws RpcException {
    datastores.validate(session, source(validate.source()));
  }

  private ConfigSource source(ConfigPlace place) throws RpcException {
    return switch (place) {
      case ConfigPlace.Here(ConfigSource source) -> source;
      case ConfigPlace.AtUrl(String url) -> new ConfigSource.Inline(fetch(url));
    };
  }

  private EditTree fetch(String url) throws RpcException {
    return ConfigDocument.read(datastores.root(), urls.read(url));
  }
}
