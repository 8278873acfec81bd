package io.milvus.cdc.examples.transform;

import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.transform.EventTransform;

/**
 * Changes rows on their way: users arrive without their mail addresses, and test accounts do not
 * arrive. A delete of a test account may pass, because the target ignores keys that it does not
 * have.
 */
public final class PersonalData implements EventTransform {
  private static final String TEST_ACCOUNT = "test-";

  /** Returns a task that replicates the database {@code shop} with this transform. */
  public static TaskSpec task() {
    return TaskSpec.builder("shop-without-personal-data")
        .selection(Selection.databases("shop"))
        .transform(new PersonalData())
        .build();
  }

  @Override
  public InsertedRows insert(InsertedRows rows) {
    if (!rows.collection().equals("users")) {
      return rows;
    }
    // Not a random value: after a crash the same row must have the same result.
    return rows.where(row -> !row.text("name").startsWith(TEST_ACCOUNT)).replace("mail", row -> "");
  }
}
