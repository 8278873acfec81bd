package io.milvus.cdc.internal.error;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Decides when equal refusals of one piece of work count as permanent. That many equal refusals,
 * over that long, do not come from a server that restarts. For one thread.
 */
public final class EqualRefusals {
  /** The least number of equal refusals that count as permanent. */
  public static final int COUNT = 5;

  /** The least time between the first and the last of them. */
  public static final Duration SPAN = Duration.ofMinutes(1);

  /** Ids, times and counts, which differ between attempts. */
  private static final Pattern NUMBER =
      Pattern.compile("0x[0-9a-f]+|\\b[0-9a-f-]{8,}\\b|\\d+", Pattern.CASE_INSENSITIVE);

  private final InstantSource time;
  private String latest = "";
  private Instant since = Instant.EPOCH;
  private int count;

  public EqualRefusals(InstantSource time) {
    this.time = time;
  }

  /** Records a refusal. Returns whether it counts as permanent. */
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

  /** Forgets the refusals after any other result. */
  public void clear() {
    latest = "";
  }
}
