package io.milvus.cdc.internal.error;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Refusals of one piece of work, one after the other, until they are taken for lasting: that many
 * equal ones, over that long, do not come from a server that restarts. For one thread.
 */
public final class EqualRefusals {
  /** So many equal ones there are at least before they last. */
  public static final int COUNT = 5;

  /** So much time is at least between the first and the last of them. */
  public static final Duration SPAN = Duration.ofMinutes(1);

  /** Ids, times and counts differ from try to try. */
  private static final Pattern NUMBER =
      Pattern.compile("0x[0-9a-f]+|\\b[0-9a-f-]{8,}\\b|\\d+", Pattern.CASE_INSENSITIVE);

  private final InstantSource time;
  private String latest = "";
  private Instant since = Instant.EPOCH;
  private int count;

  public EqualRefusals(InstantSource time) {
    this.time = time;
  }

  /** Takes note of a refusal, and tells whether it lasts. */
  public boolean last(String refusal) {
    String plain = NUMBER.matcher(refusal).replaceAll("#");
    if (!plain.equals(latest)) {
      latest = plain;
      since = time.instant();
      count = 0;
    }
    count++;
    return count >= COUNT && !time.instant().isBefore(since.plus(SPAN));
  }

  /** Something else happened. */
  public void clear() {
    latest = "";
  }
}
