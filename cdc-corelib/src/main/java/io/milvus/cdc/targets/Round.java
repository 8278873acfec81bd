package io.milvus.cdc.targets;

import io.milvus.cdc.event.DataEvent;
import java.util.List;

/**
 * Rows that are applied together.
 *
 * @param events sorted by timestamp, deletes before inserts of the same timestamp
 * @param upTo everything at or below this source timestamp, and above the last round, is here
 * @param replay whether some or all of it may be on the target already, from before a crash
 */
public record Round(List<DataEvent> events, long upTo, boolean replay) {}
