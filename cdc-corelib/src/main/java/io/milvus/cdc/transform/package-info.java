/**
 * Lets a task transform the rows that it replicates: see {@link
 * io.milvus.cdc.transform.EventTransform}.
 *
 * <pre>{@code
 * TaskSpec.of("masked")
 *     .transform(
 *         new EventTransform() {
 *           @Override
 *           public InsertedRows insert(InsertedRows rows) {
 *             return rows.collection().equals("people")
 *                 ? rows.where(row -> !row.text("note").startsWith("drop"))
 *                     .replace("email", row -> "***")
 *                 : rows;
 *           }
 *         });
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.transform;

import org.jspecify.annotations.NullMarked;
