package io.milvus.cdc.http.web;

import org.jspecify.annotations.Nullable;

/**
 * Streams a body until its caller leaves or the feed is over. The server requests one piece after
 * another, as fast as the caller reads them. None of the methods may block.
 */
public interface Feed {
  /**
   * Starts the feed. Called once, before any other method.
   *
   * @param more runs whenever there may be a new piece, on any thread
   */
  void begin(Runnable more);

  /** Returns the next piece, or null if there is none now. */
  @Nullable String next();

  /** Returns whether there will never be another piece. */
  boolean over();

  /** Ends the feed: it is over, or the caller has left. */
  void gone();
}
