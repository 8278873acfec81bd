package io.milvus.cdc.internal.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.RetriableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Reads and writes an etcd. Each request is limited in time, and a failure is never an empty
 * result.
 */
public final class EtcdConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAGE = 2000;

  private final EtcdRefusal refusal;
  private final Keyspace keys;
  private final EtcdClient client;
  private final Duration patience;

  private EtcdConnection(EtcdEndpoint endpoint, Keyspace keys, boolean waiting, Duration patience) {
    this.refusal = new EtcdRefusal(endpoint, keys);
    this.keys = keys;
    this.client = EtcdClient.open(endpoint, waiting);
    this.patience = patience;
  }

  /** Opens a connection that waits for an unreachable etcd. */
  public static EtcdConnection open(EtcdEndpoint endpoint, Keyspace keys) {
    return new EtcdConnection(endpoint, keys, true, PATIENCE);
  }

  /**
   * Opens a connection that waits for an unreachable etcd.
   *
   * @param patience the longest time of each request
   */
  public static EtcdConnection open(EtcdEndpoint endpoint, Keyspace keys, Duration patience) {
    return new EtcdConnection(endpoint, keys, true, patience);
  }

  /** Opens a connection that reports at once why it cannot be established. */
  public static EtcdConnection probe(EtcdEndpoint endpoint, Keyspace keys) {
    return new EtcdConnection(endpoint, keys, false, PATIENCE);
  }

  public static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  public GetResponse get(String key, GetOption option) throws InterruptedException {
    return answer("read", key, etcd -> etcd.getKVClient().get(bytes(key), option));
  }

  /** Returns the value of one key, or empty if it does not exist. */
  public Optional<String> value(String key) throws InterruptedException {
    return get(key, GetOption.DEFAULT).getKvs().stream()
        .findFirst()
        .map(found -> found.getValue().toString(StandardCharsets.UTF_8));
  }

  /** Returns one key at the newest revision. */
  public Optional<EtcdValue> find(String key) throws InterruptedException {
    return find(key, 0);
  }

  /** Returns one key at a revision. */
  public Optional<EtcdValue> find(String key, long revision) throws InterruptedException {
    GetResponse answer = get(key, GetOption.builder().withRevision(revision).build());
    return answer.getKvs().stream()
        .findFirst()
        .map(
            found ->
                new EtcdValue(
                    found.getValue().toString(StandardCharsets.UTF_8),
                    found.getModRevision(),
                    answer.getHeader().getRevision()));
  }

  /**
   * Returns an empty transaction.
   *
   * @param about the key that a failure names
   */
  public EtcdTransaction transaction(String about) {
    return new EtcdTransaction(this, about);
  }

  TxnResponse commit(String doing, String about, List<Cmp> conditions, List<Op> operations)
      throws InterruptedException {
    return answer(
        doing,
        about,
        etcd ->
            etcd.getKVClient()
                .txn()
                .If(conditions.toArray(Cmp[]::new))
                .Then(operations.toArray(Op[]::new))
                .commit());
  }

  /** Writes one key. Returns when etcd has it. */
  public void put(String key, String value) throws InterruptedException {
    answer("write", key, etcd -> etcd.getKVClient().put(bytes(key), bytes(value)));
  }

  /**
   * Sends a request and waits for its answer, at most for the patience. Without an answer, leaves
   * the member.
   */
  <T> T answer(String doing, String key, Function<Client, CompletableFuture<T>> asking)
      throws InterruptedException {
    Client asked = client.current();
    try {
      return asking.apply(asked).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (EtcdRefusal.comesFromTheMember(e)) {
        client.leave(asked);
      }
      throw refusal.explain(doing, key, e).as(RetriableException::new, e);
    } catch (TimeoutException e) {
      client.leave(asked);
      throw refusal.silence(patience).as(RetriableException::new, e);
    }
  }

  /** Returns the newest revision of the whole etcd. */
  public long revision() throws InterruptedException {
    return get(keys.prefix(), GetOption.builder().withCountOnly(true).build())
        .getHeader()
        .getRevision();
  }

  /** Returns all keys below a prefix at one revision. */
  public List<KeyValue> list(String prefix, long revision) throws InterruptedException {
    return list(prefix, revision, false);
  }

  /** Returns all keys below a prefix at the newest revision, without their values. */
  public List<KeyValue> keys(String prefix) throws InterruptedException {
    return list(prefix, 0, true);
  }

  /** Returns the names of the keys below a prefix, without the prefix. */
  public List<String> names(String prefix) throws InterruptedException {
    return keys(prefix).stream()
        .map(found -> found.getKey().toString(StandardCharsets.UTF_8).substring(prefix.length()))
        .toList();
  }

  private List<KeyValue> list(String prefix, long revision, boolean keysOnly)
      throws InterruptedException {
    List<KeyValue> all = new ArrayList<>();
    String from = prefix;
    GetResponse page;
    do {
      page =
          get(
              from,
              GetOption.builder()
                  .withRange(prefixEnd(prefix))
                  .withRevision(revision)
                  .withKeysOnly(keysOnly)
                  .withLimit(PAGE)
                  .build());
      all.addAll(page.getKvs());
      from = all.isEmpty() ? from : all.get(all.size() - 1).getKey().toString() + '\0';
    } while (page.isMore());
    return all;
  }

  /** Returns the end of a prefix's range: by etcd's convention, the last byte is raised by one. */
  public static ByteSequence prefixEnd(String prefix) {
    int last = prefix.length() - 1;
    return bytes(prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
  }

  public Watch.Watcher watch(String key, WatchOption option, Watch.Listener listener) {
    return client.current().getWatchClient().watch(bytes(key), option, listener);
  }

  @Override
  public String toString() {
    return refusal.endpoint().toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
