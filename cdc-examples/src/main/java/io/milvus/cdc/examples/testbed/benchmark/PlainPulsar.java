package io.milvus.cdc.examples.testbed.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pulsar.client.api.CompressionType;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.Reader;
import org.apache.pulsar.client.api.SizeUnit;

/** Uses Pulsar's own client. */
final class PlainPulsar implements PlainEvents<Message<byte[]>> {
  private static final int MEGABYTES = 32;
  private static final int PATIENCE_SECONDS = 60;

  private final PulsarClient client;

  PlainPulsar(String address) {
    try {
      client =
          PulsarClient.builder()
              .serviceUrl(address)
              .memoryLimit(MEGABYTES, SizeUnit.MEGA_BYTES)
              .build();
    } catch (PulsarClientException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Message<byte[]>> read(String topic, int count) {
    List<Message<byte[]>> events = new ArrayList<>();
    try (Reader<byte[]> reader =
        client.newReader().topic(topic).startMessageId(MessageId.earliest).create()) {
      while (events.size() < count) {
        Message<byte[]> message = reader.readNext(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          throw new IllegalStateException("Topic %s ends too early".formatted(topic));
        }
        events.add(message);
      }
      return events;
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Topic %s cannot be read".formatted(topic), e);
    }
  }

  @Override
  public int size(Message<byte[]> event) {
    return event.size();
  }

  @Override
  public double write(String topic, List<Message<byte[]>> events, long count) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (Producer<byte[]> producer =
        client
            .newProducer()
            .topic(topic)
            .compressionType(CompressionType.LZ4)
            .blockIfQueueFull(true)
            .maxPendingMessages(0)
            .create()) {
      Curve written = new Curve();
      for (long i = 0; i < count; i++) {
        Message<byte[]> event = events.get((int) (i % events.size()));
        var unused =
            producer
                .newMessage()
                .key(event.getKey())
                .properties(event.getProperties())
                .value(event.getData())
                .sendAsync()
                .whenComplete((id, e) -> failure.compareAndSet(null, e));
      }
      producer.flush();
      written.reach((double) count);
      if (failure.get() != null) {
        throw new IllegalStateException("An event could not be written", failure.get());
      }
      return written.rate(0);
    } catch (PulsarClientException e) {
      throw new IllegalStateException("Topic %s cannot be written".formatted(topic), e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (PulsarClientException e) {
      throw new IllegalStateException(e);
    }
  }
}
