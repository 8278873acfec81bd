package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a configuration cannot work. Nothing was started. The message contains the value and
 * the cure.
 */
public class ConfigException extends CdcException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
