package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a configuration cannot work. Nothing was started. The message contains the value and
 * the cure.
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
