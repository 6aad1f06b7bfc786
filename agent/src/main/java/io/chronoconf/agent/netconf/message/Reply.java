package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.filter.Marks;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.operational.Origins;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What a request comes to.
public sealed interface Reply {
  /// Done, nothing to say.
  record Ok() implements Reply {}

  /// Not done.
  record Refused(List<RpcError> errors) implements Reply {
    public Refused {
      errors = List.copyOf(errors);
    }
  }

  /// Data, filtered while it is written.
  ///
  /// @param tagged leaves that are marked as defaults, as
  ///   [io.chronoconf.datastore.filter.DataWriter] takes them
  record Data(ContainerNode tree, Optional<SubtreeFilter> filter, Set<List<PathArgument>> tagged)
      implements Reply {}

  /// Data of one of NMDA's datastores, filtered already.
  record NmdaData(ContainerNode tree, Marks marks) implements Reply {}

  /// What distinguishes two datastores.
  ///
  /// @param comment for a person
  record Differences(
      String comment, List<Difference> edits, Origins sourceOrigins, Origins targetOrigins)
      implements Reply {
    public Differences {
      edits = List.copyOf(edits);
    }
  }

  /// The text of a YANG module.
  record Schema(String text) implements Reply {}

  /// A module as YIN.
  ///
  /// @param element one element, well-formed
  record SchemaXml(String element) implements Reply {}

  /// The output of a module's rpc.
  record Output(QName rpc, ContainerNode output) implements Reply {}
}
