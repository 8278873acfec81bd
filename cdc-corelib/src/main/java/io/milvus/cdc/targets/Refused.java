package io.milvus.cdc.targets;

import io.milvus.cdc.event.DataEvent;

/**
 * Rows that a target rejected for good: it has none of them, and retrying does not help.
 *
 * @param why the reason, in words for people
 */
public record Refused(DataEvent event, String why) {}
