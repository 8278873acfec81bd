package io.milvus.cdc.targets;

import io.milvus.cdc.event.DataEvent;

/**
 * Rows that a target refuses for good: nothing of them is there, and trying again does not help.
 *
 * @param why in words for people
 */
public record Refused(DataEvent event, String why) {}
