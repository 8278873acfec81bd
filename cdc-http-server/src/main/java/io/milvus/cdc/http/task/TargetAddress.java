package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describes a Milvus as a target.
 *
 * @param milvus its address in a normal form, so that equal addresses are one target
 * @param etcd the target's own etcd, for its promotion; without an address if it is not set
 * @param allowStandbySwitch whether a task may switch it to standby mode
 * @param clientWrites whether it is filled by client writes, and is not a standby
 */
public record TargetAddress(
    EndpointYaml milvus,
    EndpointYaml etcd,
    @Nullable String rootPath,
    boolean allowStandbySwitch,
    boolean clientWrites)
    implements TargetSpec {

  static TargetAddress read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new TargetAddress(
        EndpointYaml.milvus(fields, secrets),
        EndpointYaml.etcd(fields, "etcd", secrets),
        fields.text("rootPath"),
        fields.flag("allowStandbySwitch", "makeReplica", false),
        fields.flag("clientWrites", "ordinaryRequests", false));
  }

  /** Returns the address. */
  public String uri() {
    return milvus.address();
  }

  @Override
  public String name() {
    return uri();
  }

  @Override
  public void write(TargetJson into) {
    into.put(milvus)
        .put(etcd)
        .put("rootPath", rootPath)
        .put("allowStandbySwitch", allowStandbySwitch)
        .put("clientWrites", clientWrites);
  }

  @Override
  public MilvusTarget target() {
    MilvusTarget.Builder target = MilvusTarget.builder().milvus(endpoint());
    if (!etcd.addresses().isEmpty()) {
      target.etcd(etcd.etcd());
    }
    if (rootPath != null) {
      target.rootPath(rootPath);
    }
    if (allowStandbySwitch) {
      target.allowStandbySwitch();
    }
    if (clientWrites) {
      target.clientWrites();
    }
    return target.build();
  }

  /**
   * Returns the endpoint, for comparisons.
   *
   * @throws io.milvus.cdc.error.ConfigException if the address is not valid
   */
  public MilvusEndpoint endpoint() {
    return milvus.milvus();
  }
}
