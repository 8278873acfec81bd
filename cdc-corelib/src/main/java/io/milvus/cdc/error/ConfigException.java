package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * What was configured cannot work; nothing was started. The message names the value and the cure.
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
