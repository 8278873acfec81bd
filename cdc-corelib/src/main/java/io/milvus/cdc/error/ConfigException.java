package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * What was configured cannot work; nothing was started. The message names the value and the cure.
 */
public class ConfigException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public ConfigException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public ConfigException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
