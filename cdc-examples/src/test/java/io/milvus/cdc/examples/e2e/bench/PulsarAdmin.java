package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Questions to Pulsar's administration, asked with a token. */
public record PulsarAdmin(Addresses addresses, String token) {
  /** The names of the subscriptions of the source's first channel, as JSON. */
  public String subscriptions() throws Exception {
    return get("persistent/%s/%s_0/subscriptions"
            .formatted(addresses.pulsarNamespace(), addresses.source().channelPrefix()))
        .body();
  }

  public HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(addresses.pulsarAdmin() + "/admin/v2/" + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
