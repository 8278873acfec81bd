package io.milvus.cdc.internal.milvus;

import io.milvus.cdc.preflight.Finding;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which versions of Milvus can be replicated, as a source or as a target. */
public final class MilvusVersion {
  private static final Pattern NUMBER = Pattern.compile("v?(\\d+)\\.(\\d+)(\\.\\d+)?\\b.*");
  private static final int FIRST = 2_003;
  private static final int TRIED = 2_003;
  private static final int LAST = 2_005;

  private MilvusVersion() {}

  /**
   * Returns a finding about a source's version, if there is one.
   *
   * @param subject the owner of the version, such as {@code The source}
   */
  public static Optional<Finding> judge(String subject, String version) {
    return judge(
        subject, version, "Use Milvus 2.3 to 2.5. For 2.6 or later, use its own replication.");
  }

  /** Returns a finding about a standby's version, if there is one. */
  public static Optional<Finding> judgeStandby(String subject, String version) {
    return judge(
        subject,
        version,
        "Set clientWrites to fill it by client writes, or use a Milvus 2.3 to 2.5.");
  }

  /** Returns a finding about the version of a target that gets client writes, if there is one. */
  public static Optional<Finding> judgeWritable(String subject, String version) {
    OptionalInt number = numberOf(version);
    if (number.isEmpty()) {
      return Optional.of(unknown(subject, version, "Check that it is Milvus 2.3 or later."));
    }
    if (number.getAsInt() < FIRST) {
      return Optional.of(tooOld(subject, version));
    }
    return untried(subject, version, number.getAsInt());
  }

  private static Optional<Finding> judge(String subject, String version, String cureOfTooNew) {
    OptionalInt number = numberOf(version);
    if (number.isEmpty()) {
      return Optional.of(unknown(subject, version, "Check that it is a Milvus 2.3 to 2.5."));
    }
    int minor = number.getAsInt();
    if (minor < FIRST) {
      return Optional.of(tooOld(subject, version));
    }
    return minor > LAST
        ? Optional.of(Finding.blocking(cannot(subject, version), cureOfTooNew))
        : untried(subject, version, minor);
  }

  private static OptionalInt numberOf(String version) {
    Matcher number = NUMBER.matcher(version);
    return number.matches()
        ? OptionalInt.of(
            Integer.parseInt(number.group(1)) * 1000 + Integer.parseInt(number.group(2)))
        : OptionalInt.empty();
  }

  private static Finding unknown(String subject, String version, String cure) {
    return Finding.warning(
        version.isEmpty()
            ? "%s reports no version.".formatted(subject)
            : "%s reports a version that is not known: '%s'.".formatted(subject, version),
        cure);
  }

  private static Finding tooOld(String subject, String version) {
    return Finding.blocking(cannot(subject, version), "Upgrade it to 2.3 or later.");
  }

  private static String cannot(String subject, String version) {
    return "%s is Milvus %s, which cannot be replicated.".formatted(subject, version);
  }

  private static Optional<Finding> untried(String subject, String version, int minor) {
    return minor <= TRIED
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "%s is Milvus %s. Only 2.3 was tested live.".formatted(subject, version),
                "Compare source and target before you rely on the replication."));
  }
}
