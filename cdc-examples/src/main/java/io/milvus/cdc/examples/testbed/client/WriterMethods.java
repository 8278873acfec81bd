package io.milvus.cdc.examples.testbed.client;

import io.milvus.cdc.internal.milvus.Method;
import io.milvus.grpc.GetCompactionStateRequest;
import io.milvus.grpc.GetCompactionStateResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.ManualCompactionRequest;
import io.milvus.grpc.ManualCompactionResponse;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.UpsertRequest;

/** Lists the calls that only a writer uses. */
final class WriterMethods {
  static final Method<InsertRequest, MutationResult> INSERT =
      Method.of(
          "Insert",
          InsertRequest.getDefaultInstance(),
          MutationResult.getDefaultInstance(),
          MutationResult::getStatus);

  static final Method<UpsertRequest, MutationResult> UPSERT =
      Method.of(
          "Upsert",
          UpsertRequest.getDefaultInstance(),
          MutationResult.getDefaultInstance(),
          MutationResult::getStatus);

  static final Method<ImportRequest, ImportResponse> IMPORT =
      Method.of(
          "Import",
          ImportRequest.getDefaultInstance(),
          ImportResponse.getDefaultInstance(),
          ImportResponse::getStatus);

  static final Method<GetImportStateRequest, GetImportStateResponse> GET_IMPORT_STATE =
      Method.of(
          "GetImportState",
          GetImportStateRequest.getDefaultInstance(),
          GetImportStateResponse.getDefaultInstance(),
          GetImportStateResponse::getStatus);

  static final Method<GetPersistentSegmentInfoRequest, GetPersistentSegmentInfoResponse>
      GET_PERSISTENT_SEGMENT_INFO =
          Method.of(
              "GetPersistentSegmentInfo",
              GetPersistentSegmentInfoRequest.getDefaultInstance(),
              GetPersistentSegmentInfoResponse.getDefaultInstance(),
              GetPersistentSegmentInfoResponse::getStatus);

  static final Method<ManualCompactionRequest, ManualCompactionResponse> COMPACT =
      Method.of(
          "ManualCompaction",
          ManualCompactionRequest.getDefaultInstance(),
          ManualCompactionResponse.getDefaultInstance(),
          ManualCompactionResponse::getStatus);

  static final Method<GetCompactionStateRequest, GetCompactionStateResponse> GET_COMPACTION_STATE =
      Method.of(
          "GetCompactionState",
          GetCompactionStateRequest.getDefaultInstance(),
          GetCompactionStateResponse.getDefaultInstance(),
          GetCompactionStateResponse::getStatus);

  private WriterMethods() {}
}
