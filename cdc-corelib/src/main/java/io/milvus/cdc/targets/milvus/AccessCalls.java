package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.grpc.Status;

/** Sends requests about access. A rejection of any kind must not end the session. */
final class AccessCalls {
  private final TargetRpc rpc;

  AccessCalls(TargetRpc rpc) {
    this.rpc = rpc;
  }

  /**
   * Sends a request. Rows continue if the user may only replicate them, or if the target does not
   * know the call.
   */
  <Q, A> A ask(Method<Q, A> method, Q request) throws Refusal, InterruptedException {
    try {
      return rpc.call(method, request);
    } catch (ConfigException e) {
      throw Refusal.because(e);
    }
  }

  /** Sends a request of which Milvus stores the sender. */
  <Q, A> A sign(Method<Q, A> method, Q request) throws Refusal, InterruptedException {
    try {
      return rpc.callSigned(method, request);
    } catch (ConfigException e) {
      throw Refusal.because(e);
    }
  }

  /** Sends a request that is answered with a status only. */
  <Q> void change(Method<Q, Status> method, Q request, String what)
      throws Refusal, InterruptedException {
    Refusal.unlessOk(what, ask(method, request));
  }
}
