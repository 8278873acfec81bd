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
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a Milvus, in one of two ways.
 *
 * <p>By default the target is a standby: a Milvus 2.3 to 2.5 in standby mode ({@code
 * common.ttMsgEnabled: false}). It accepts the source's messages unchanged, timestamps included,
 * and rejects client writes. One instance of this class advances the clocks of one target's
 * channels, so share it between the engines of a process. Never let a second process write to the
 * same target. Its rows could follow later ticks of the other process, and Milvus may lose such
 * rows.
 *
 * <p>With {@link Builder#clientWrites} the target is any Milvus from 2.3 on that accepts writes,
 * including a Milvus Lite or a managed one. It accepts other clients, too, and tasks of several
 * processes.
 */
public final class MilvusTarget implements ChangeTarget {
  private final TargetSettings settings;
  private final ChangeTarget way;

  private MilvusTarget(TargetSettings settings, ChangeTarget way) {
    this.settings = settings;
    this.way = way;
  }

  /** Returns a builder without an address. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    return way.check();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows)
      throws InterruptedException {
    return way.check(wanted, rows);
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    return way.open(opening);
  }

  /** Returns whether both have the same address. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MilvusTarget that && settings.uri().equals(that.settings.uri());
  }

  @Override
  public int hashCode() {
    return settings.uri().hashCode();
  }

  /** Makes a standby writable. A target of client writes is always writable. */
  @Override
  public List<String> promote(long ceiling) throws InterruptedException {
    return way.promote(ceiling);
  }

  /** Turns the target into a standby again. Does nothing for a target of client writes. */
  @Override
  public long demote() throws InterruptedException {
    return way.demote();
  }

  @Override
  public String toString() {
    return settings.endpoint().toString();
  }

  /** Collects the settings of the target. Each setter states its default. For one thread. */
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

    /**
     * Sets the time after which a request without an answer has an unknown outcome. Default: 30 s.
     */
    public Builder deadline(Duration longest) {
      deadline = Objects.requireNonNull(longest, "longest");
      return this;
    }

    /**
     * Sets the source of passwords, for tasks with {@link io.milvus.cdc.TaskSpec.Builder#access}.
     * If it knows a user's password, it replaces any other password of the user on the target.
     * Default: {@link PasswordSource#NONE}; an operator must create the users.
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
     * Sets the target's own etcd. If it requires a login, the user needs to read and write the key
     * {@code <rootPath>/config/common/ttMsgEnabled}. {@link io.milvus.cdc.CdcTask#promote} and
     * {@link io.milvus.cdc.CdcTask#demote} use it to switch the target's mode. {@link
     * #allowStandbySwitch} uses it when a task begins. Default: none; these methods then report the
     * command to run.
     *
     * @throws ConfigException if {@link #clientWrites} is set
     */
    public Builder etcd(EtcdEndpoint endpoint) {
      etcd = Objects.requireNonNull(endpoint, "endpoint");
      return consistent();
    }

    /** Sets the target's {@code etcd.rootPath}. Default: {@code by-dev}. */
    public Builder rootPath(String path) {
      rootPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Allows a task to turn the target into a standby when it begins or resumes. From then on the
     * target rejects client writes. Needs {@link #etcd}.
     *
     * <p>A target that was made writable on purpose is not switched, as after {@link
     * io.milvus.cdc.CdcTask#promote}. If {@code common.ttMsgEnabled} is {@code true} in its etcd,
     * only {@link io.milvus.cdc.CdcTask#demote} or an operator leads back.
     *
     * <p>Default: not allowed; an engine for such a target does not start.
     *
     * @throws ConfigException if {@link #clientWrites} is set
     */
    public Builder allowStandbySwitch() {
      allowStandbySwitch = true;
      return consistent();
    }

    /**
     * Fills the target by client writes: Upsert, Delete, and the requests for the catalog. It may
     * then be any Milvus from 2.3 on, and accept other clients, too. As with a standby, no crash
     * loses or doubles a row, and rows arrive in order. The differences are:
     *
     * <ul>
     *   <li>The target assigns its own timestamps to rows. A TTL begins again, and a task's read
     *       timestamp is a time of the target.
     *   <li>Keys are unique in a partition. If the source has several rows of one key there, the
     *       last one stays. On a Milvus Lite keys are unique in a collection.
     *   <li>If the source generates keys, the task sends them: the target's collection has {@code
     *       autoID} false.
     *   <li>There is no consistent cut below a request. A reader may see rows of one request before
     *       those of another that belong to the same moment of the source.
     *   <li>Changes that other clients make to replicated rows stay until the source changes these
     *       rows.
     *   <li>{@link io.milvus.cdc.CdcTask#promote} and {@link io.milvus.cdc.CdcTask#demote} stop and
     *       release the task, and change nothing on the target.
     *   <li>While the target rejects rows because of a rate or a quota, they wait. The task's
     *       status reports that as a limitation.
     *   <li>Features that a target lacks, such as users on a Milvus Lite, are limitations, too. If
     *       the target cannot apply a change in the order of the rows, the task stops.
     * </ul>
     *
     * <p>Default: the target is a standby.
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
            "%s is to become a standby, which accepts no client writes.".formatted(target()),
            "Set allowStandbySwitch or clientWrites, not both.");
      }
      if (clientWrites && etcd != null) {
        throw new ConfigException(
            "%s receives client writes, but its etcd is set, which only a standby needs."
                .formatted(target()),
            "Leave etcd or clientWrites out.");
      }
      return this;
    }

    private String target() {
      return milvus == null ? "The target" : "The target at " + milvus.uri();
    }

    /**
     * Creates the target. Contacts nothing yet.
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
            "%s is to become a standby, but its etcd is not set.".formatted(target()),
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
