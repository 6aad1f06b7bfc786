package io.chronoconf.agent;

import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.model.ietfsystem.NewPassword;
import io.chronoconf.agent.model.ietfsystem.SystemModule;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.yang.YangSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// `reset-admin`: gives the administrator a new password, or another public key, where the old one
/// is lost. Whoever can write the state folder may do so.
final class AdminReset {
  private AdminReset() {}

  /// What to tell the user.
  ///
  /// @throws StartException if there is no configuration, or an agent runs on it
  static String run(CommandLine.ResetAdmin wanted) throws StartException {
    Path path = wanted.stateFolder();
    if (!Files.isDirectory(path.resolve("config"))) {
      throw new StartException(
          "there is no agent's state in %s. Name its folder with --state.".formatted(path));
    }
    Administrator administrator = Administrator.of(wanted.adminKey());
    try (StateFolder folder = StateFolder.open(path)) {
      commit(folder, administrator, wanted.yangFolders());
    }
    return switch (administrator) {
      case Administrator.WithPassword(NewPassword password) ->
          "The administrator has a new password, which is not shown again:\n\n"
              + "  user      %s%n  password  %s%n".formatted(Administrator.NAME, password.clear());
      case Administrator.WithKey key ->
          "The administrator can log in with a new key; an old password still holds:\n\n"
              + "  user        %s%n  public key  %s%n".formatted(Administrator.NAME, key.file());
    };
  }

  private static void commit(
      StateFolder folder, Administrator administrator, List<Path> yangFolders)
      throws StartException {
    YangSchema schema = YangSchema.load(yangFolders);
    NodeSchema root = NodeSchema.rootOf(schema.context());
    SystemModule users = new SystemModule(root, InstantSource.system());
    try (Datastores datastores =
        Datastores.open(
            schema.context(),
            folder.config(),
            empty -> FirstConfig.ofAdministrator(empty, administrator),
            List.of(users),
            InstantSource.system())) {
      datastores.editConfig(
          SessionContext.AGENT,
          DatastoreName.CANDIDATE,
          EditRequest.of(FirstConfig.ofAdministrator(datastores.root(), administrator)));
      datastores.commit(SessionContext.AGENT);
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (RpcException e) {
      throw new StartException(
          "the configuration refuses the new password or key: %s".formatted(e.getMessage()), e);
    }
  }
}
