package io.milvus.cdc.testkit;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import java.nio.file.Path;

/**
 * A Milvus that asks for our certificate, and whose own is of another name than its address.
 *
 * @param theirs the certificate of {@code milvus.example}
 * @param ours the only one that it accepts
 */
public record MutualTls(Pem theirs, Pem ours, FakeMilvus milvus) {
  public static MutualTls in(Path directory) throws Exception {
    Pem theirs = Pem.make(directory, "milvus.example");
    Pem ours = Pem.make(directory, "cdc.example");
    return new MutualTls(
        theirs,
        ours,
        new FakeMilvus(
            GrpcSslContexts.forServer(theirs.certificate().toFile(), theirs.key().toFile())
                .trustManager(ours.certificate().toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build()));
  }
}
