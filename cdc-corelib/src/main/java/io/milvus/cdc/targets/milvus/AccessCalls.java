package io.milvus.cdc.targets.milvus;

import io.grpc.MethodDescriptor;
import io.milvus.cdc.error.ConfigException;
import io.milvus.grpc.Status;

/** Requests about access. What the target refuses in whatever way must not end the session. */
final class AccessCalls {
  private final MilvusRpc rpc;

  AccessCalls(MilvusRpc rpc) {
    this.rpc = rpc;
  }

  /** Rows go on where our user may replicate them and no more, or the target knows no such call. */
  <Q, A> A ask(MethodDescriptor<Q, A> method, Q request) throws Refusal, InterruptedException {
    try {
      return rpc.call(method, request);
    } catch (ConfigException e) {
      throw Refusal.because(e);
    }
  }

  /** The same for a call of which Milvus keeps who made it. */
  <Q, A> A sign(MethodDescriptor<Q, A> method, Q request) throws Refusal, InterruptedException {
    try {
      return rpc.callSigned(method, request);
    } catch (ConfigException e) {
      throw Refusal.because(e);
    }
  }

  /** Asks for what is answered with a status and nothing else. */
  <Q> void change(MethodDescriptor<Q, Status> method, Q request, String what)
      throws Refusal, InterruptedException {
    Refusal.unlessOk(what, ask(method, request));
  }
}
