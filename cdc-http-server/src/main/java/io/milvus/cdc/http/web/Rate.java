package io.milvus.cdc.http.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each caller. A caller may use the requests of one second at once, and then
 * as fast as they are replenished. Thread-safe.
 */
public final class Rate {
  private static final int MOST_CALLERS = 10_000;
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;

  /** Orders callers by their last request; the oldest is removed first. */
  private final Map<String, Credit> callers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Credit> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  private static final class Credit {
    double requests;
    long at;
  }

  public Rate(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  synchronized boolean allows(String caller) {
    long now = nanoTime.getAsLong();
    Credit credit =
        callers.computeIfAbsent(
            caller,
            key -> {
              Credit fresh = new Credit();
              fresh.requests = perSecond;
              fresh.at = now;
              return fresh;
            });
    credit.requests = Math.min(perSecond, credit.requests + (now - credit.at) / NANOS * perSecond);
    credit.at = now;
    if (credit.requests < 1) {
      return false;
    }
    credit.requests--;
    return true;
  }
}
