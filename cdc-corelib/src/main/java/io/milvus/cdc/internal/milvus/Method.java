package io.milvus.cdc.internal.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.protobuf.ProtoUtils;
import io.milvus.grpc.Status;
import java.io.InputStream;
import java.util.function.Function;

/** Describes one call of {@code milvus.proto.milvus.MilvusService}. */
public final class Method<Q, A> {
  private static final String SERVICE = "milvus.proto.milvus.MilvusService/";

  private final String name;
  private final MethodDescriptor<Q, A> descriptor;
  private final Function<A, Status> status;

  private Method(
      String name, Marshaller<Q> requests, Marshaller<A> answers, Function<A, Status> status) {
    this(name, MethodDescriptor.MethodType.UNARY, requests, answers, status);
  }

  private Method(
      String name,
      MethodDescriptor.MethodType type,
      Marshaller<Q> requests,
      Marshaller<A> answers,
      Function<A, Status> status) {
    this.name = name;
    this.status = status;
    this.descriptor =
        MethodDescriptor.<Q, A>newBuilder()
            .setType(type)
            .setFullMethodName(SERVICE + name)
            .setRequestMarshaller(requests)
            .setResponseMarshaller(answers)
            .build();
  }

  /**
   * Returns a call.
   *
   * @param request an empty request
   * @param answer an empty answer
   * @param status returns the status of an answer
   */
  public static <Q extends Message, A extends Message> Method<Q, A> of(
      String name, Q request, A answer, Function<A, Status> status) {
    return new Method<>(
        name, ProtoUtils.marshaller(request), ProtoUtils.marshaller(answer), status);
  }

  /** Returns a call whose answer is only a status. */
  public static <Q extends Message> Method<Q, Status> change(String name, Q request) {
    return of(name, request, Status.getDefaultInstance(), Function.identity());
  }

  /** Returns a call whose request is passed in its encoded form. */
  public static <A extends Message> Method<ByteString, A> encoded(
      String name, A answer, Function<A, Status> status) {
    return new Method<>(name, new Encoded(), ProtoUtils.marshaller(answer), status);
  }

  /** Returns a call with any number of answers, each with a status. */
  public static <Q extends Message, A extends Message> Method<Q, A> streaming(
      String name, Q request, A answer, Function<A, Status> status) {
    return new Method<>(
        name,
        MethodDescriptor.MethodType.SERVER_STREAMING,
        ProtoUtils.marshaller(request),
        ProtoUtils.marshaller(answer),
        status);
  }

  /** Returns the name of the call, such as {@code DescribeCollection}. */
  public String name() {
    return name;
  }

  /** Returns the status of an answer. */
  public Status statusOf(A answer) {
    return status.apply(answer);
  }

  MethodDescriptor<Q, A> descriptor() {
    return descriptor;
  }

  /** Sends bytes unchanged. */
  private static final class Encoded implements Marshaller<ByteString> {
    @Override
    public InputStream stream(ByteString request) {
      return request.newInput();
    }

    @Override
    public ByteString parse(InputStream stream) {
      throw new UnsupportedOperationException("Requests are sent, not read");
    }
  }
}
