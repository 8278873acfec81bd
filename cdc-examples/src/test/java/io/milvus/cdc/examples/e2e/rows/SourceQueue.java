package io.milvus.cdc.examples.e2e.rows;

import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.KafkaTopics;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;

/** Somebody who writes what does not belong there to the source's queue. */
record SourceQueue(Bench bench) {
  void send(String channel, byte[] message) throws Exception {
    if (bench.addresses().queue().equals("kafka")) {
      try (KafkaTopics topics = new KafkaTopics(bench.addresses().kafka())) {
        topics.send(channel, message);
      }
      return;
    }
    try (PulsarClient client =
            PulsarClient.builder()
                .serviceUrl(bench.addresses().pulsar())
                .operationTimeout(10, TimeUnit.SECONDS)
                .build();
        Producer<byte[]> producer =
            client.newProducer().topic("persistent://public/default/" + channel).create()) {
      producer.newMessage().property("from", "a stranger").value(message).send();
    }
  }
}
