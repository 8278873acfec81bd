package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.Position;
import java.util.Map;

/** Receives reports of how far the target and the checkpoint are. */
interface Milestones {
  /** Receives no reports, because the watermark has no meaning for readers of the target yet. */
  Milestones UNREPORTED =
      new Milestones() {
        @Override
        public void reached(long watermark, long readableAt) {}

        @Override
        public void checkpointed(long watermark, Map<String, Position> positions) {}
      };

  /** Reports that everything up to the watermark is on the target. */
  void reached(long watermark, long readableAt);

  /** Reports that the checkpoint holds this watermark. */
  void checkpointed(long watermark, Map<String, Position> positions);
}
