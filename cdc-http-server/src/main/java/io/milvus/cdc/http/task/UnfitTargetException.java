package io.milvus.cdc.http.task;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;

/** A task's target cannot be used; the message says why. */
public final class UnfitTargetException extends ConfigException {
  private static final long serialVersionUID = 1L;

  UnfitTargetException(CdcException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
