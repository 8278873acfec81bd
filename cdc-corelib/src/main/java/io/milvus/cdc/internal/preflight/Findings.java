package io.milvus.cdc.internal.preflight;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.preflight.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Collects the findings of a check. A step that fails becomes a finding, and the next step runs all
 * the same.
 */
public final class Findings {
  /** A part of a check. */
  public interface Step {
    void run() throws InterruptedException;
  }

  private final List<Finding> found = new ArrayList<>();

  /** Adds a finding, unless it is known, because two steps may find the same problem. */
  public void add(Finding finding) {
    if (!found.contains(finding)) {
      found.add(finding);
    }
  }

  public void addAll(Collection<Finding> more) {
    more.forEach(this::add);
  }

  /** Runs a step. Returns whether it completed. */
  public boolean attempt(Step step) throws InterruptedException {
    try {
      step.run();
      return true;
    } catch (CdcException e) {
      add(Finding.of(e));
      return false;
    }
  }

  public boolean blocking() {
    return found.stream().anyMatch(Finding::isBlocking);
  }

  public List<Finding> all() {
    return List.copyOf(found);
  }
}
