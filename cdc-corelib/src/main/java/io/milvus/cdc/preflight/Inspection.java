package io.milvus.cdc.preflight;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A source or a target as a check found it.
 *
 * @param identities texts of which no two Milvus have one in common, as far as they can be told
 * @param leadMillis by how much its clock is ahead of this process's, where it tells
 */
public record Inspection(List<Finding> findings, Set<String> identities, OptionalLong leadMillis) {
  public Inspection {
    findings = List.copyOf(findings);
    identities = Set.copyOf(identities);
  }

  /** Nothing to say, and nothing known. */
  public static Inspection clean() {
    return new Inspection(List.of(), Set.of(), OptionalLong.empty());
  }

  public boolean blocking() {
    return findings.stream().anyMatch(Finding::isBlocking);
  }
}
