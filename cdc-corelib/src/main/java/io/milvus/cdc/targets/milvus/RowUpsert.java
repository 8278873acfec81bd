package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.wire.FieldTraits;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.UpsertRows;
import io.milvus.grpc.MutationResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Upserts rows into one partition.
 *
 * @param partition an empty text if the target chooses it
 * @param parts of the same columns, no key twice
 */
record RowUpsert(Binding binding, FieldTraits traits, String partition, List<InsertColumns> parts)
    implements Mutation {
  /** Far below the 64 MiB that a proxy accepts, and the limits of managed services. */
  private static final long BYTES = 4 << 20;

  private static final int ROWS = 20_000;

  /** Returns as few requests as possible, none of them large. */
  static List<Mutation> of(
      Binding binding, FieldTraits traits, String partition, List<Piece> pieces) throws Refusal {
    List<Mutation> all = new ArrayList<>();
    List<InsertColumns> parts = new ArrayList<>();
    long bytes = 0;
    int rows = 0;
    for (Piece piece : pieces) {
      if (piece.rows() == 0) {
        continue;
      }
      boolean full = bytes + piece.bytes() > BYTES || rows + piece.rows() > ROWS;
      InsertColumns left = left(piece);
      if (!parts.isEmpty() && (full || !parts.get(0).names().equals(left.names()))) {
        all.add(new RowUpsert(binding, traits, partition, List.copyOf(parts)));
        parts.clear();
        bytes = 0;
        rows = 0;
      }
      parts.add(left);
      bytes += piece.bytes();
      rows += piece.rows();
    }
    if (!parts.isEmpty()) {
      all.add(new RowUpsert(binding, traits, partition, List.copyOf(parts)));
    }
    return all;
  }

  private static InsertColumns left(Piece piece) throws Refusal {
    try {
      return piece.left();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public ListenableFuture<MutationResult> start(TargetRpc rpc) throws Refusal {
    UpsertRows rows = new UpsertRows(traits);
    try {
      for (InsertColumns part : parts) {
        rows.add(part);
      }
      return rpc.start(
          Methods.ENCODED_UPSERT, rows.request(binding.database(), binding.name(), partition));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static Refusal unreadable(IOException e) {
    return Refusal.because("accept rows", "they cannot be read: " + e.getMessage());
  }

  @Override
  public List<Mutation> halves() throws Refusal {
    if (parts.size() > 1) {
      int middle = parts.size() / 2;
      return List.of(with(parts.subList(0, middle)), with(parts.subList(middle, parts.size())));
    }
    int rows = rows();
    return rows < 2
        ? List.of()
        : List.of(with(List.of(only(0, rows / 2))), with(List.of(only(rows / 2, rows))));
  }

  private RowUpsert with(List<InsertColumns> fewer) {
    return new RowUpsert(binding, traits, partition, fewer);
  }

  private InsertColumns only(int from, int to) throws Refusal {
    try {
      return parts.get(0).only(IntStream.range(from, to).toArray());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private int rows() {
    return parts.stream().mapToInt(InsertColumns::rows).sum();
  }

  @Override
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    try {
      for (InsertColumns part : parts) {
        part.keys(traits.keyId()).forEach(key -> keys.add(Key.ofValue(key)));
      }
      return keys;
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public String what() {
    return "upsert %d rows into %s%s"
        .formatted(rows(), binding.place(), partition.isEmpty() ? "" : "/" + partition);
  }
}
