package io.milvus.cdc.preflight;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The result of checking a source or a target.
 *
 * @param findings the problems
 * @param identities texts that identify the Milvus; no two Milvus have one in common, as far as
 *     that can be determined
 * @param leadMillis by how many milliseconds its clock is ahead of this process's, if known
 */
public record Inspection(List<Finding> findings, Set<String> identities, OptionalLong leadMillis) {
  public Inspection {
    findings = List.copyOf(findings);
    identities = Set.copyOf(identities);
  }

  /** Returns an inspection without findings and identities. */
  public static Inspection clean() {
    return new Inspection(List.of(), Set.of(), OptionalLong.empty());
  }

  /** Returns whether a finding prevents replication. */
  public boolean blocking() {
    return findings.stream().anyMatch(Finding::isBlocking);
  }
}
