package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.testing.Trees;
import java.io.ByteArrayInputStream;
import java.util.List;

/// Fuzz target: whatever the bytes, an edit is read, applied and written back, or refused as an rpc
/// error. The entry point is what Jazzer looks for.
public final class EditReaderFuzz {
  private EditReaderFuzz() {}

  /// Throws if anything but a refusal comes out.
  public static void fuzzerTestOneInput(byte[] document) {
    try {
      EditTree edit = EditXml.read(Trees.ROOT, new ByteArrayInputStream(document));
      EditXml.readLeniently(Trees.ROOT, EditXml.write(edit), _ -> {});
      EditApplier.Result result = EditApplier.apply(Trees.ROOT, Trees.EMPTY, EditRequest.of(edit));
      roundTrip(result);
    } catch (RpcException e) {
      if (e.errors().isEmpty() || e.errors().getFirst().message().isEmpty()) {
        throw new IllegalStateException("a refusal without a reason", e);
      }
    }
  }

  private static void roundTrip(EditApplier.Result result) throws RpcException {
    String xml = EditXml.write(EditDiff.of(Trees.ROOT, result.tree()));
    EditTree again =
        EditXml.readLeniently(
            Trees.ROOT,
            xml,
            e -> {
              throw new IllegalStateException(e.message() + " in " + xml);
            });
    EditApplier.Result replayed = EditApplier.apply(Trees.ROOT, Trees.EMPTY, EditRequest.of(again));
    if (!replayed.errors().equals(List.of()) || !replayed.tree().equals(result.tree())) {
      throw new IllegalStateException("does not read back: " + xml);
    }
  }
}
