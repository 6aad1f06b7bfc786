package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.edit.EditNode.Insert;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.InstancePathReader;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.Optional;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// The attributes of one element of an edit: `operation` of the base namespace and, in user-ordered
/// lists and leaf-lists, `insert` with `key` or `value` of YANG's.
///
/// @param isDefault whether the value is given back as a default (RFC 6243 section 4.5.2)
record EditAttributes(
    Optional<EditOperation> operation, Optional<Insert> insert, boolean isDefault) {
  static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  static final String YANG = "urn:ietf:params:xml:ns:yang:1";
  private static final String DEFAULTS = "urn:ietf:params:xml:ns:netconf:default:1.0";

  private static final EditAttributes NONE =
      new EditAttributes(Optional.empty(), Optional.empty(), false);

  static EditAttributes read(XMLStreamReader reader, DataPath where) throws RpcException {
    if (reader.getAttributeCount() == 0) {
      return NONE;
    }
    return new Collector(reader, where).read();
  }

  /// Gathers the attributes before what they mean together can be told.
  private static final class Collector {
    private final XMLStreamReader reader;
    private final DataPath where;
    private @Nullable EditOperation operation;
    private @Nullable String insert;
    private @Nullable String target;
    private boolean isDefault;

    Collector(XMLStreamReader reader, DataPath where) {
      this.reader = reader;
      this.where = where;
    }

    EditAttributes read() throws RpcException {
      NodeSchema schema = where.schema();
      String targetName = schema.kind() == NodeSchema.Kind.LIST ? "key" : "value";
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        String namespace = reader.getAttributeNamespace(i);
        String name = reader.getAttributeLocalName(i);
        String value = reader.getAttributeValue(i);
        if (BASE.equals(namespace) && name.equals("operation")) {
          operation = operation(value);
        } else if (YANG.equals(namespace) && schema.isUserOrdered() && name.equals("insert")) {
          insert = value;
        } else if (YANG.equals(namespace) && schema.isUserOrdered() && name.equals(targetName)) {
          target = value;
        } else if (DEFAULTS.equals(namespace) && hasValue(schema) && name.equals("default")) {
          isDefault = truth(value);
        } else {
          throw unknown(namespace, name);
        }
      }
      if (isDefault && operation != null && !isSetting(operation)) {
        throw EditErrors.badAttribute(
                where,
                "default",
                "A default can be merged or replaced, no " + operation.wire() + ".")
            .asException();
      }
      return new EditAttributes(Optional.ofNullable(operation), insertion(targetName), isDefault);
    }

    private static boolean hasValue(NodeSchema schema) {
      return schema.kind() == NodeSchema.Kind.LEAF || schema.kind() == NodeSchema.Kind.LEAF_LIST;
    }

    private static boolean isSetting(EditOperation operation) {
      return operation == EditOperation.MERGE || operation == EditOperation.REPLACE;
    }

    private boolean truth(String value) throws RpcException {
      return switch (value.strip()) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default ->
            throw EditErrors.badAttribute(where, "default", "default is true or false.")
                .asException();
      };
    }

    private EditOperation operation(String value) throws RpcException {
      return EditOperation.fromAttribute(value)
          .orElseThrow(
              () ->
                  EditErrors.badAttribute(
                          where,
                          "operation",
                          "operation is merge, replace, create, delete or remove, not "
                              + value
                              + ".")
                      .asException());
    }

    private RpcException unknown(@Nullable String namespace, String name) {
      String hint =
          name.equals("operation")
              ? ": put it into the namespace " + BASE
              : YANG.equals(namespace)
                  ? ": it belongs on an entry of a list or leaf-list that is ordered by the user"
                  : ": leave it out";
      return EditErrors.unknownAttribute(
              where, name, "Attribute " + name + " is not known here" + hint + ".")
          .asException();
    }

    private Optional<Insert> insertion(String targetName) throws RpcException {
      if (insert == null) {
        if (target != null) {
          throw EditErrors.missingAttribute(
                  where, "insert", "Attribute " + targetName + " needs insert beside it.")
              .asException();
        }
        return Optional.empty();
      }
      if (operation != null && operation.isDeletion()) {
        throw EditErrors.badAttribute(
                where, "insert", "Nothing can be inserted by " + operation.wire() + ".")
            .asException();
      }
      return Optional.of(
          switch (insert) {
            case "first" -> new Insert.First();
            case "last" -> new Insert.Last();
            case "before" -> new Insert.Before(target(targetName));
            case "after" -> new Insert.After(target(targetName));
            default ->
                throw EditErrors.badAttribute(
                        where, "insert", "insert is first, last, before or after.")
                    .asException();
          });
    }

    private PathArgument target(String name) throws RpcException {
      if (target == null) {
        throw EditErrors.missingAttribute(
                where, name, "insert before or after needs " + name + " to name the neighbour.")
            .asException();
      }
      NodeSchema schema = where.schema();
      try {
        if (schema.kind() == NodeSchema.Kind.LIST) {
          return new InstancePathReader(target.strip(), schema, reader::getNamespaceURI).readKeys();
        }
        Object value = schema.codec().parse(target, reader::getNamespaceURI);
        return new NodeWithValue<>(schema.name(), value);
      } catch (InvalidValueException e) {
        throw EditErrors.badAttribute(where, name, name + " is wrong: " + e.getMessage() + ".")
            .asException();
      }
    }
  }
}
