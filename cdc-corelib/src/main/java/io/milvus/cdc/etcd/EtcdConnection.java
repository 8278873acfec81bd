package io.milvus.cdc.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads and writes of one etcd, each bounded in time and told apart from "nothing there". */
public final class EtcdConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PAGE = 2000;

  private final EtcdSettings settings;
  private final Client client;
  private final Duration patience;

  private EtcdConnection(EtcdSettings settings, Client client, Duration patience) {
    this.settings = settings;
    this.client = client;
    this.patience = patience;
  }

  /** A connection that waits for an etcd that is away. */
  public static EtcdConnection open(EtcdSettings settings) {
    return open(settings, true, PATIENCE);
  }

  /**
   * A connection that waits for an etcd that is away.
   *
   * @param patience how long each request may take
   */
  public static EtcdConnection open(EtcdSettings settings, Duration patience) {
    return open(settings, true, patience);
  }

  /** A connection that tells at once why it cannot be made. */
  public static EtcdConnection probe(EtcdSettings settings) {
    return open(settings, false, PATIENCE);
  }

  private static EtcdConnection open(EtcdSettings settings, boolean waiting, Duration patience) {
    try {
      ClientBuilder builder =
          Client.builder()
              .waitForReady(waiting)
              .endpoints(settings.endpoints().toArray(String[]::new))
              .connectTimeout(Duration.ofSeconds(5))
              .keepaliveTime(Duration.ofSeconds(10))
              .keepaliveTimeout(Duration.ofSeconds(10))
              .keepaliveWithoutCalls(true);
      if (settings.user() != null && settings.password() != null) {
        builder.user(bytes(settings.user())).password(bytes(settings.password().value()));
      }
      if (settings.tls()) {
        // Without a context the client would talk plain text to https endpoints too.
        builder.sslContext(ssl -> secure(ssl, settings));
      }
      return new EtcdConnection(settings, builder.build(), patience);
    } catch (javax.net.ssl.SSLException | IllegalArgumentException e) {
      throw new ConfigException(
          "etcd endpoints %s cannot be used: %s. Give them like http://host:2379, and certificates as PEM files."
              .formatted(settings.endpoints(), e.getMessage()),
          e);
    }
  }

  private static void secure(SslContextBuilder ssl, EtcdSettings settings) {
    Path authorities = settings.trustedCertificates();
    if (authorities != null) {
      ssl.trustManager(authorities.toFile());
    }
    Path certificate = settings.clientCertificate();
    Path key = settings.clientKey();
    if (certificate != null && key != null) {
      ssl.keyManager(certificate.toFile(), key.toFile());
    }
  }

  public static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  public GetResponse get(String key, GetOption option) throws InterruptedException {
    return answer("read", key, client.getKVClient().get(bytes(key), option));
  }

  /** The value of one key, or nothing where it is not there. */
  public Optional<String> value(String key) throws InterruptedException {
    return get(key, GetOption.DEFAULT).getKvs().stream()
        .findFirst()
        .map(found -> found.getValue().toString(StandardCharsets.UTF_8));
  }

  /** One key, as of now. */
  public Optional<EtcdValue> find(String key) throws InterruptedException {
    return find(key, 0);
  }

  /** One key as of a revision. */
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
   * A transaction to be filled.
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
        client
            .getKVClient()
            .txn()
            .If(conditions.toArray(Cmp[]::new))
            .Then(operations.toArray(Op[]::new))
            .commit());
  }

  Lease leases() {
    return client.getLeaseClient();
  }

  /** Writes one key. Returns when etcd has it. */
  public void put(String key, String value) throws InterruptedException {
    answer("write", key, client.getKVClient().put(bytes(key), bytes(value)));
  }

  /** Waits for an answer, no longer than patience lasts. */
  <T> T answer(String doing, String key, CompletableFuture<T> asked) throws InterruptedException {
    try {
      return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new RetriableException(EtcdRefusal.message(settings, doing, key, e), e);
    } catch (TimeoutException e) {
      throw new RetriableException(
          "etcd at %s did not answer within %s s. Check the address and that it is up."
              .formatted(settings.endpoints(), patience.toSeconds()),
          e);
    }
  }

  /** The newest revision of the whole etcd. */
  public long revision() throws InterruptedException {
    return get(settings.metaPrefix(), GetOption.builder().withCountOnly(true).build())
        .getHeader()
        .getRevision();
  }

  /** All keys below a prefix as of one revision. */
  public List<KeyValue> list(String prefix, long revision) throws InterruptedException {
    return list(prefix, revision, false);
  }

  /** The same as of now, without the values. */
  public List<KeyValue> keys(String prefix) throws InterruptedException {
    return list(prefix, 0, true);
  }

  /** What the keys below a prefix are called there. */
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

  /** The end of a prefix's range: etcd's convention of the last byte raised by one. */
  public static ByteSequence prefixEnd(String prefix) {
    int last = prefix.length() - 1;
    return bytes(prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
  }

  public Watch.Watcher watch(String key, WatchOption option, Watch.Listener listener) {
    return client.getWatchClient().watch(bytes(key), option, listener);
  }

  /** Not waited for: the client's event loops take seconds to end. */
  @Override
  public void close() {
    Thread closing = new Thread(client::close, "cdc-etcd-close");
    closing.setDaemon(true);
    closing.start();
  }
}
