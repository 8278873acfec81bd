package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's view of a copy that would wait, fail or take very long. */
class CopyPreflightTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final CollectionEntry BOOKS =
      Entries.collection(1, "books", Timestamps.of(NOW.minusSeconds(86_400)), "s-dml_0");

  @TempDir private Path directory;

  private static final class Stored implements ExistingRows {
    private Instant storedUpTo = NOW;
    private Amount amount = new Amount(10, 1000);
    private boolean packed;

    @Override
    public long cut() {
      return Timestamps.of(NOW);
    }

    @Override
    public boolean hasPassed(long cut) {
      return true;
    }

    @Override
    public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections) {
      return storedUpTo.equals(NOW)
          ? Map.of()
          : Map.of(BOOKS.shards().get(0), Timestamps.of(storedUpTo));
    }

    @Override
    public void flush(Collection<CollectionEntry> collections) {}

    @Override
    public Amount amount(Span span, Collection<CollectionEntry> collections) {
      if (packed) {
        throw new SourceException("The files are packed.", "Use another source.");
      }
      return amount;
    }

    @Override
    public Reading read(Span span, Collection<CollectionEntry> collections) {
      throw new IllegalStateException("a check reads no rows");
    }

    @Override
    public void close() {}
  }

  private final Stored stored = new Stored();

  private List<String> check(StartFrom.Existing start) throws Exception {
    return new CopyPreflight(stored, start, directory)
        .inspect(List.of(BOOKS)).all().stream().map(Finding::toString).toList();
  }

  @Test
  void aCopyThatCanBeginHasNoFindings() throws Exception {
    assertThat(check(StartFrom.existing())).isEmpty();
  }

  @Test
  void aChannelThatTheSourceDoesNotStoreIsNamedUnlessTheTaskFlushes() throws Exception {
    stored.storedUpTo = NOW.minusSeconds(3600);
    assertThat(check(StartFrom.existing()))
        .singleElement()
        .asString()
        .startsWith("WARNING: The source has stored channel s-dml_0_1v0 of collection books")
        .contains("2026-11-30T11:00:00Z, 60 min ago")
        .endsWith("Let the task flush the source first, or check the source's data nodes.");
    assertThat(check(StartFrom.existing().withFlush())).isEmpty();
    stored.storedUpTo = NOW.minusSeconds(600);
    assertThat(check(StartFrom.existing())).isEmpty();
  }

  @Test
  void aLimitThatMakesTheCopyTakeDaysIsReported() throws Exception {
    stored.amount = new ExistingRows.Amount(1, 360_000_000);
    assertThat(check(StartFrom.existing().withBytesPerSecond(1000)))
        .containsExactly(
            "WARNING: The copy of 360000000 bytes needs about 100 h at 1000 bytes per second."
                + " Raise the limit, or check that the source's queue retains messages for that"
                + " long.");
    assertThat(check(StartFrom.existing().withBytesPerSecond(1 << 20))).isEmpty();
  }

  @Test
  void filesThatCannotBeReadAreFoundBeforeTheTaskStarts() throws Exception {
    stored.packed = true;
    assertThat(check(StartFrom.existing()))
        .containsExactly("BLOCKING: The files are packed. Use another source.");
  }

  @Test
  void aSpillDirectoryThatDoesNotExistYetIsMeasuredAtItsParent() throws Exception {
    stored.amount = new ExistingRows.Amount(1, 1);
    assertThat(
            new CopyPreflight(stored, StartFrom.existing(), directory.resolve("a/b"))
                .inspect(List.of(BOOKS))
                .all())
        .isEmpty();
  }
}
