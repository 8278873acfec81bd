package io.milvus.cdc.targets;

import io.milvus.cdc.event.DataEvent;
import java.util.List;

/**
 * Rows that are applied together.
 *
 * @param events sorted by timestamp; deletes precede inserts of the same timestamp
 * @param upTo the source timestamp up to which the events are complete, from the last round on
 * @param replay whether some or all of them may be on the target already, from before a crash
 */
public record Round(List<DataEvent> events, long upTo, boolean replay) {}
