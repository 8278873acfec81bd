package io.milvus.cdc.internal.engine;

import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares a source with a target. */
record SideBySide(Inspection source, Inspection target, ChangeTarget place) {
  /** The difference between clocks that is not reported. */
  private static final long TOLERATED_MILLIS = 500;

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    sameMilvus().ifPresent(found::add);
    clocks().ifPresent(found::add);
    return found;
  }

  private Optional<Finding> sameMilvus() {
    return Collections.disjoint(source.identities(), target.identities())
        ? Optional.empty()
        : Optional.of(
            Finding.blocking(
                "The source and %s are the same Milvus.".formatted(place),
                "Set the target's own address and, if used, its own etcd and rootPath."));
  }

  /**
   * Compares the clocks. Rows wait until the target's own time is near theirs, as this process
   * measures it.
   */
  private Optional<Finding> clocks() {
    List<Long> leads = new ArrayList<>(List.of(0L));
    source.leadMillis().ifPresent(leads::add);
    target.leadMillis().ifPresent(leads::add);
    long apart = Collections.max(leads) - Collections.min(leads);
    return apart <= TOLERATED_MILLIS
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "Clocks are %d ms apart: %s's is %s, the source's %s, compared with this process's."
                    .formatted(apart, place, told(target.leadMillis()), told(source.leadMillis())),
                "Synchronize the clocks of all hosts by NTP. Until then rows may reach the"
                    + " target as much later."));
  }

  private static String told(OptionalLong lead) {
    if (lead.isEmpty()) {
      return "not known";
    }
    long millis = lead.getAsLong();
    return "%d ms %s".formatted(Math.abs(millis), millis < 0 ? "behind" : "ahead");
  }
}
