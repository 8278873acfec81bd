package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.transform.EventTransform;

/** Leaves out rows of {@code people} whose note begins with drop, and hides a number of theirs. */
public final class Masked implements EventTransform {
  @Override
  public InsertedRows insert(InsertedRows rows) {
    return rows.collection().equals("people")
        ? rows.where(row -> !row.text("note").startsWith("drop")).replace("more", row -> 0)
        : rows;
  }
}
