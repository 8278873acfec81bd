package io.milvus.cdc.http.task;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.preflight.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A task that would not replicate: the findings say why, all at once. */
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

  /** All of them, those too that would not have kept it from replicating. */
  public List<Finding> findings() {
    return findings;
  }
}
