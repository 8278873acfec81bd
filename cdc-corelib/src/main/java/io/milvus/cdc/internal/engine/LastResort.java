package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.UnhandledPolicy;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.error.TransformException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.Unknown;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Applies the task's policy to messages that cannot be handled. Throws, or stores them elsewhere
 * before it returns. Thread-safe.
 */
final class LastResort {
  private static final String CURE =
      "Correct the cause and resume the task. A service that embeds the library may"
          + " set such messages aside.";

  private final TaskSpec spec;
  private final TaskReport report;
  private final InstantSource time;

  LastResort(TaskSpec spec, TaskReport report, InstantSource time) {
    this.spec = spec;
    this.report = report;
    this.time = time;
  }

  /** Handles a message that cannot be decoded. */
  void undecodable(String channel, Unknown message) {
    if (spec.onUnhandled() instanceof UnhandledPolicy.SetAside policy) {
      keep(
          policy,
          List.of(
              new DeadLetter(
                  channel,
                  message.position(),
                  DeadLetter.Reason.UNDECODABLE,
                  message.why(),
                  HybridTime.ZERO,
                  "",
                  time.instant(),
                  message.payload(),
                  message.properties())));
    } else {
      throw new SourceException(stop(channel, message.position(), "", message.why()), CURE);
    }
  }

  /** Handles rows that did not pass a step, all for the same reason. */
  void rows(List<Failed> failed, DeadLetter.Reason reason) {
    if (failed.isEmpty()) {
      return;
    }
    if (spec.onUnhandled() instanceof UnhandledPolicy.SetAside policy) {
      keep(policy, failed.stream().map(one -> letter(one, reason)).toList());
    } else {
      throw stop(failed.get(0), reason);
    }
  }

  private DeadLetter letter(Failed failed, DeadLetter.Reason reason) {
    DataEvent event = failed.event();
    return new DeadLetter(
        event.header().channel(),
        event.position(),
        reason,
        failed.why(),
        new HybridTime(event.timestamp()),
        failed.collection(),
        time.instant(),
        event.payload(),
        Map.of());
  }

  private void keep(UnhandledPolicy.SetAside policy, List<DeadLetter> letters) {
    report.setAside(policy.letters().keep(spec.id(), letters));
  }

  private static CdcException stop(Failed failed, DeadLetter.Reason reason) {
    String what =
        stop(
            failed.event().header().channel(),
            failed.event().position(),
            " (collection %s)".formatted(failed.collection()),
            failed.why());
    return reason == DeadLetter.Reason.REFUSED
        ? new TargetException(what, CURE, failed.cause())
        : new TransformException(what, CURE, failed.cause());
  }

  private static String stop(String channel, Position position, String of, String why) {
    String plain = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    return "Message %s of channel %s%s cannot be replicated: %s. The task stops so that nothing is lost."
        .formatted(position, channel, of, plain);
  }
}
