package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus as a target, in one of two ways.
 *
 * <p>By default it is a standby: a Milvus 2.3 to 2.5 in standby mode ({@code common.ttMsgEnabled:
 * false}). It takes the source's messages as they are, timestamps included, and no writes of
 * anybody else. One of these keeps the clocks of one target's channels, so share it between the
 * engines of a process, and let no second process write to the same target: rows of the one that is
 * behind would come after ticks of the other, and Milvus may lose such rows.
 *
 * <p>With {@link Builder#clientWrites} it is any Milvus from 2.3 on that takes writes, a Milvus
 * Lite or a managed one included, of other clients, too, and of several processes.
 */
public final class MilvusTarget implements ChangeTarget {
  private final TargetSettings settings;
  private final ChangeTarget way;

  private MilvusTarget(TargetSettings settings, ChangeTarget way) {
    this.settings = settings;
    this.way = way;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    return way.check();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning)
      throws InterruptedException {
    return way.check(wanted, fromTheBeginning);
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    return way.open(opening);
  }

  /** Whether both are at one address. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MilvusTarget that && settings.uri().equals(that.settings.uri());
  }

  @Override
  public int hashCode() {
    return settings.uri().hashCode();
  }

  /** Makes a standby writable. A target that gets client writes is that all the time. */
  @Override
  public List<String> promote(long ceiling) throws InterruptedException {
    return way.promote(ceiling);
  }

  /** Makes it a standby again. There is nothing to do where it gets client writes. */
  @Override
  public long demote() throws InterruptedException {
    return way.demote();
  }

  @Override
  public String toString() {
    return settings.endpoint().toString();
  }

  /** Collects where the target is. Every setter's default is in its description. */
  public static final class Builder {
    private @Nullable MilvusEndpoint milvus;
    private Duration deadline = Duration.ofSeconds(30);
    private PasswordSource passwords = PasswordSource.NONE;
    private @Nullable EtcdEndpoint etcd;
    private String rootPath = "by-dev";
    private boolean allowStandbySwitch;
    private boolean clientWrites;

    private Builder() {}

    /**
     * Sets the target at an address such as {@code http://standby:19530}. See {@link
     * MilvusEndpoint#at}.
     */
    public Builder uri(String address) {
      return milvus(MilvusEndpoint.at(address));
    }

    /** Sets the target's address, login and certificates. Required. */
    public Builder milvus(MilvusEndpoint endpoint) {
      milvus = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** How long one request may take before its outcome counts as unknown. Default 30 s. */
    public Builder deadline(Duration longest) {
      deadline = Objects.requireNonNull(longest, "longest");
      return this;
    }

    /**
     * Who tells the passwords of users, for tasks with access: {@link
     * io.milvus.cdc.TaskSpec.Builder#access}. A user whose password it tells has that on the
     * target, also where there was another before. Default: nobody; then users are to be made by
     * hand.
     */
    public Builder passwords(PasswordSource teller) {
      passwords = Objects.requireNonNull(teller, "teller");
      return this;
    }

    /** Sets the target's own etcd at addresses such as {@code http://etcd:2379}. */
    public Builder etcd(String... addresses) {
      return etcd(EtcdEndpoint.at(addresses));
    }

    /**
     * Sets the target's own etcd. If it asks for a login, the user needs to read and write the key
     * {@code <rootPath>/config/common/ttMsgEnabled}. The etcd lets {@link
     * io.milvus.cdc.CdcTask#promote} and {@link io.milvus.cdc.CdcTask#demote} switch the target's
     * mode, and {@link #allowStandbySwitch} do so at the beginning. Default: none; then those say
     * which command to run.
     *
     * @throws ConfigException if {@link #clientWrites} is set
     */
    public Builder etcd(EtcdEndpoint endpoint) {
      etcd = Objects.requireNonNull(endpoint, "endpoint");
      return consistent();
    }

    /** The target's {@code etcd.rootPath}. Default {@code by-dev}. */
    public Builder rootPath(String path) {
      rootPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Allows a task that begins, or goes on, to make the target a standby where it is none: from
     * then on it takes no writes of others. Needs {@link #etcd}. Not where somebody made it
     * writable on purpose, as {@link io.milvus.cdc.CdcTask#promote} does: where {@code
     * common.ttMsgEnabled} is {@code true} in its etcd, only {@link io.milvus.cdc.CdcTask#demote}
     * or a person leads back. Default: not allowed; an engine for such a target does not start.
     *
     * @throws ConfigException if {@link #clientWrites} is set
     */
    public Builder allowStandbySwitch() {
      allowStandbySwitch = true;
      return consistent();
    }

    /**
     * Fills the target by client writes (Upsert, Delete, and those for the catalog), so that it may
     * be any Milvus from 2.3 on, and take writes of others, too. No row is lost and none is doubled
     * through any crash, as with a standby, and rows come in their order. What is otherwise:
     *
     * <ul>
     *   <li>Timestamps of rows are the target's own: a TTL begins anew, and a task's read timestamp
     *       is of the target's time.
     *   <li>Keys are unique in a partition: of several rows that the source has of one key there,
     *       the last one stays. On a Milvus Lite they are unique in a collection.
     *   <li>Keys that the source makes up are given by us: the target's collection has {@code
     *       autoID} false.
     *   <li>There is no consistent cut below a request: a reader may see rows of one request before
     *       those of another that belong to the same moment of the source.
     *   <li>Changes that others make to replicated rows stay until the source changes these rows.
     *   <li>{@link io.milvus.cdc.CdcTask#promote} and {@link io.milvus.cdc.CdcTask#demote} stop and
     *       free the task, and have nothing to do on the target.
     *   <li>While the target says that it takes no more (a rate, a quota), rows wait; the task's
     *       status tells it among its limitations.
     *   <li>What a target does not know, such as users on a Milvus Lite, is among those, too; a
     *       change that it cannot take in the order of the rows stops the task.
     * </ul>
     *
     * Default: the target is a standby.
     *
     * @throws ConfigException if {@link #allowStandbySwitch} or {@link #etcd} is set
     */
    public Builder clientWrites() {
      clientWrites = true;
      return consistent();
    }

    private Builder consistent() {
      if (allowStandbySwitch && clientWrites) {
        throw new ConfigException(
            "%s is to be made a standby, which takes no client writes.".formatted(target()),
            "Set allowStandbySwitch or clientWrites, not both.");
      }
      if (clientWrites && etcd != null) {
        throw new ConfigException(
            "%s gets client writes, and its etcd is given, which only a standby needs."
                .formatted(target()),
            "Leave etcd or clientWrites out.");
      }
      return this;
    }

    private String target() {
      return milvus == null ? "The target" : "The target at " + milvus.uri();
    }

    /**
     * Creates the target. Nothing is contacted yet.
     *
     * @throws ConfigException if the address is missing, or the etcd that {@link
     *     #allowStandbySwitch} needs, or if settings contradict each other
     */
    public MilvusTarget build() {
      if (milvus == null) {
        throw new ConfigException("The target is missing.", "Set uri, such as http://host:19530.");
      }
      consistent();
      if (allowStandbySwitch && etcd == null) {
        throw new ConfigException(
            "%s is to be made a standby, and its etcd is not given.".formatted(target()),
            "Set etcd and rootPath, or leave allowStandbySwitch out.");
      }
      TargetSettings settings =
          new TargetSettings(
              milvus,
              deadline,
              passwords,
              etcd == null ? null : new ModeEtcd(etcd, rootPath),
              allowStandbySwitch);
      return new MilvusTarget(
          settings, clientWrites ? new ClientWriteTarget(settings) : new StandbyTarget(settings));
    }
  }
}
