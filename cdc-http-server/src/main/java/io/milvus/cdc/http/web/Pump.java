package io.milvus.cdc.http.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes a feed to its caller. Occupies no thread while it waits for the feed or for the caller.
 */
final class Pump extends IteratingCallback {
  private final Feed feed;
  private final Response response;
  private final Callback callback;

  Pump(Feed feed, Response response, Callback callback) {
    this.feed = feed;
    this.response = response;
    this.callback = callback;
  }

  void begin() {
    feed.begin(this::iterate);
    iterate();
  }

  @Override
  protected Action process() {
    String piece = feed.next();
    if (piece != null) {
      response.write(false, StandardCharsets.UTF_8.encode(piece), this);
      return Action.SCHEDULED;
    }
    return feed.over() ? Action.SUCCEEDED : Action.IDLE;
  }

  @Override
  protected void onCompleted(@Nullable Throwable failure) {
    super.onCompleted(failure);
    feed.gone();
    if (failure == null) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    } else {
      callback.failed(failure);
    }
  }
}
