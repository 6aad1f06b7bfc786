package io.chronoconf.datastore.store;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The last changes of a configuration, each with what takes it back. That is kept compressed: big
/// changes, fifty of them, would else fill the memory with configurations of the past. Changed by
/// one thread, read by any.
public final class History {
  /// How many changes are remembered.
  public static final int LENGTH = 50;

  /// How many of the nodes that one change touched are remembered by their paths.
  public static final int MAX_PATHS = 100;

  /// One change.
  ///
  /// @param revision who and when
  /// @param changes what, at most the first [#MAX_PATHS]
  /// @param changeCount how many changes there were
  public record Entry(Revision revision, List<EditSummary.Change> changes, int changeCount) {}

  private static final class Undoable {
    private final Entry entry;
    private final byte[] undo;

    private Undoable(Entry entry, String undo) {
      this.entry = entry;
      this.undo = compressed(undo);
    }
  }

  private final NodeSchema root;
  private final ArrayDeque<Undoable> undoables;
  private volatile List<Entry> entries = List.of();

  /// @param root the schema's root
  public History(NodeSchema root) {
    this.root = root;
    this.undoables = new ArrayDeque<>();
  }

  /// A history of its own with the same past.
  public History(History other) {
    this.root = other.root;
    this.undoables = new ArrayDeque<>(other.undoables);
    this.entries = other.entries;
  }

  /// The changes remembered, oldest first.
  public List<Entry> entries() {
    return entries;
  }

  /// Remembers one more change and forgets the oldest if there are too many.
  ///
  /// @param change what led from `before` to `after`
  public void add(Revision revision, ContainerNode before, ContainerNode after, EditTree change) {
    List<EditSummary.Change> changes = EditSummary.of(root, before, change);
    Entry entry =
        new Entry(
            revision,
            List.copyOf(changes.subList(0, Math.min(changes.size(), MAX_PATHS))),
            changes.size());
    EditScope touched = new EditScope();
    touched.add(EditRequest.of(change));
    EditTree undo = EditDiff.between(root, /* before= */ after, /* after= */ before, touched);
    undoables.addLast(new Undoable(entry, EditXml.write(undo)));
    if (undoables.size() > LENGTH) {
      undoables.removeFirst();
    }
    entries = undoables.stream().map(undoable -> undoable.entry).toList();
  }

  /// The configuration as it was after a change of the past.
  ///
  /// @param latest as it is after the last change remembered
  /// @return empty if that change is not remembered
  public Optional<ContainerNode> configAt(long number, ContainerNode latest) {
    ContainerNode config = latest;
    for (Iterator<Undoable> past = undoables.descendingIterator(); past.hasNext(); ) {
      Undoable undoable = past.next();
      if (undoable.entry.revision().number() == number) {
        return Optional.of(config);
      }
      config = undone(config, undoable);
    }
    return Optional.empty();
  }

  /// The configuration as it was before the oldest change remembered.
  ContainerNode oldest(ContainerNode latest) {
    ContainerNode config = latest;
    for (Iterator<Undoable> past = undoables.descendingIterator(); past.hasNext(); ) {
      config = undone(config, past.next());
    }
    return config;
  }

  private ContainerNode undone(ContainerNode config, Undoable undoable) {
    try {
      EditTree edit = EditXml.readLeniently(root, expanded(undoable.undo), new ArrayList<>()::add);
      EditApplier.Result result =
          EditApplier.apply(
              root,
              config,
              new EditRequest(
                  edit, EditOperation.MERGE, TestOption.SET, ErrorOption.CONTINUE_ON_ERROR));
      return result.tree();
    } catch (RpcException e) {
      throw new IllegalStateException("what takes a change back was written here", e);
    }
  }

  private static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String expanded(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
