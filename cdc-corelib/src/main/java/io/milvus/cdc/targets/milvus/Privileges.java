package io.milvus.cdc.targets.milvus;

import com.google.protobuf.Message;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.preflight.Finding;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks which changes the target's user may request. It requests changes with invalid names, which
 * no Milvus applies. If the user has the privilege, the answer is about the name. If not, the
 * request is rejected before (Milvus 2.3 internal/proxy/privilege_interceptor.go).
 */
final class Privileges {
  private static final String NO_NAME = "-";

  private final TargetRpc rpc;
  private final List<String> missing = new ArrayList<>();

  Privileges(TargetRpc rpc) {
    this.rpc = rpc;
  }

  /** Returns the privileges that the user lacks. */
  Optional<Finding> missing() throws InterruptedException {
    ask(Methods.CREATE_DATABASE, CreateDatabaseRequest.newBuilder().setDbName(NO_NAME).build());
    ask(Methods.DROP_DATABASE, DropDatabaseRequest.newBuilder().setDbName(NO_NAME).build());
    ask(
        Methods.CREATE_COLLECTION,
        CreateCollectionRequest.newBuilder().setCollectionName(NO_NAME).build());
    ask(
        Methods.DROP_COLLECTION,
        DropCollectionRequest.newBuilder().setCollectionName(NO_NAME).build());
    ask(
        Methods.RENAME_COLLECTION,
        RenameCollectionRequest.newBuilder().setOldName(NO_NAME).setNewName(NO_NAME).build());
    ask(
        Methods.CREATE_PARTITION,
        CreatePartitionRequest.newBuilder()
            .setCollectionName(NO_NAME)
            .setPartitionName(NO_NAME)
            .build());
    ask(
        Methods.CREATE_ALIAS,
        CreateAliasRequest.newBuilder().setCollectionName(NO_NAME).setAlias(NO_NAME).build());
    ask(Methods.CREATE_INDEX, CreateIndexRequest.newBuilder().setCollectionName(NO_NAME).build());
    ask(
        Methods.LOAD_COLLECTION,
        LoadCollectionRequest.newBuilder().setCollectionName(NO_NAME).build());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "The target's user may not do everything: it is refused "
                    + String.join(", ", missing)
                    + ".",
                "Grant the user the role admin, or these privileges on all collections."
                    + " Otherwise a task stops at the first such change."));
  }

  private <Q extends Message> void ask(Method<Q, Status> method, Q request)
      throws InterruptedException {
    try {
      // The answer is always a rejection.
      var unused = rpc.call(method, request);
    } catch (CdcException e) {
      if (isRefusal(e)) {
        missing.add(method.name());
      }
    }
  }

  /**
   * Returns whether the user lacks the privilege. From 2.4 on this has no status code of its own.
   */
  private static boolean isRefusal(CdcException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("privilege not permitted")
        || Causes.find(e, CallException.class)
            .filter(found -> found.kind() == CallException.Kind.DENIED)
            .isPresent();
  }
}
