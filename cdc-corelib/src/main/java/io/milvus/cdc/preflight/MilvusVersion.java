package io.milvus.cdc.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Milvus can be replicated, from and to. */
public final class MilvusVersion {
  private static final Pattern NUMBER = Pattern.compile("v?(\\d+)\\.(\\d+)(\\.\\d+)?\\b.*");
  private static final int FIRST = 2_003;
  private static final int TRIED = 2_003;
  private static final int LAST = 2_005;

  private MilvusVersion() {}

  /**
   * What is to be said of a version.
   *
   * @param subject whose it is, such as {@code The source}
   */
  public static Optional<Finding> judge(String subject, String version) {
    Matcher number = NUMBER.matcher(version);
    if (!number.matches()) {
      return Optional.of(
          Finding.warning(
              "%s does not tell a version that we know: '%s'.".formatted(subject, version),
              "Make sure that it is a Milvus 2.3 to 2.5."));
    }
    int minor = Integer.parseInt(number.group(1)) * 1000 + Integer.parseInt(number.group(2));
    if (minor < FIRST || minor > LAST) {
      return Optional.of(
          Finding.blocking(
              "%s is Milvus %s, which cannot be replicated.".formatted(subject, version),
              minor < FIRST
                  ? "Upgrade it to 2.3 or later."
                  : "Use Milvus 2.3 to 2.5, or from 2.6 on its own replication."));
    }
    return minor <= TRIED
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "%s is Milvus %s; what was tried live is 2.3.".formatted(subject, version),
                "Compare source and target before you rely on it."));
  }
}
