package io.milvus.cdc.http.web;

import org.jspecify.annotations.Nullable;

/**
 * A body that goes on until its caller leaves or it is over. It is asked for one piece after
 * another, as fast as the caller takes them; none of its methods may block.
 */
public interface Feed {
  /**
   * Called once, before anything else.
   *
   * @param more to be run whenever there may be something new, on any thread
   */
  void begin(Runnable more);

  /** The next piece, or null where there is none now. */
  @Nullable String next();

  /** Whether there will never be another piece. */
  boolean over();

  /** Nobody asks any more: it was over, or the caller has left. */
  void gone();
}
