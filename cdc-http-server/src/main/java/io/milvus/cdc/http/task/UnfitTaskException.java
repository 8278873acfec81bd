package io.milvus.cdc.http.task;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.preflight.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reports a task that would not replicate. The findings contain all reasons at once. */
public final class UnfitTaskException extends ConfigException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  UnfitTaskException(List<Finding> findings) {
    super(
        findings.stream()
            .filter(Finding::isBlocking)
            .map(Finding::message)
            .collect(Collectors.joining(" ")),
        "");
    this.findings = new ArrayList<>(findings);
  }

  /** Returns all findings, including those that do not prevent replication. */
  public List<Finding> findings() {
    return findings;
  }
}
