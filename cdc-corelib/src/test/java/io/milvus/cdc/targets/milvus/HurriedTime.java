package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.error.EqualRefusals;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is ahead by a good part of a refusal's span whenever it is looked at. */
final class HurriedTime implements InstantSource {
  private Instant now = Instant.EPOCH;

  @Override
  public synchronized Instant instant() {
    now = now.plus(EqualRefusals.SPAN.dividedBy(5));
    return now;
  }
}
