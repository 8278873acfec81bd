package io.milvus.cdc.compare;

import io.milvus.cdc.compare.CatalogComparison.Catalogs;
import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.MilvusReader;
import io.milvus.cdc.internal.client.ReadAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares everything in a scope. If it is not equal and there is time, compares again. */
final class BothSides {
  private static final Logger LOG = LoggerFactory.getLogger(BothSides.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MilvusReader source;
  private final MilvusReader target;
  private final Function<MilvusReader, ReadAt> targetReadAt;
  private final Scope scope;
  private final Options options;
  private final long giveUp;

  BothSides(
      MilvusReader source,
      MilvusReader target,
      Function<MilvusReader, ReadAt> targetReadAt,
      Scope scope,
      Options options) {
    this.source = source;
    this.target = target;
    this.targetReadAt = targetReadAt;
    this.scope = scope;
    this.options = options;
    this.giveUp = System.nanoTime() + options.retryFor().toNanos();
  }

  Verdict compare() {
    Catalogs catalogs = catalogs();
    // First, because unloaded collections are loaded to be read.
    List<Difference> served = served(catalogs.common());
    List<CollectionComparison> comparisons =
        catalogs.common().stream().map(this::comparison).toList();
    comparisons.forEach(BothSides::tryToPrepare);
    List<CollectionVerdict> verdicts = new ArrayList<>();
    for (CollectionComparison comparison : comparisons) {
      verdicts.add(verdict(comparison));
      if (options.release()) {
        comparison.release();
      }
    }
    return new Verdict(
        Stream.concat(catalogs.differences().stream(), served.stream()).toList(), verdicts);
  }

  private Catalogs catalogs() {
    CatalogComparison catalog = new CatalogComparison(source, target, scope);
    Catalogs catalogs = catalog.run(options.mostDifferences());
    while (!catalogs.differences().isEmpty() && timeIsLeft()) {
      catalogs = catalog.run(options.mostDifferences());
    }
    return catalogs;
  }

  private List<Difference> served(List<Place> places) {
    ServingComparison serving = new ServingComparison(source, target, scope, options.likeness());
    List<Difference> served = serving.run(places, options.mostDifferences());
    while (!served.isEmpty() && timeIsLeft()) {
      served = serving.run(places, options.mostDifferences());
    }
    return served;
  }

  private CollectionComparison comparison(Place place) {
    CollectionReader ours = source.collection(place.database(), place.collection());
    Place there = scope.onTarget(place);
    CollectionReader theirs = target.collection(there.database(), there.collection());
    return new CollectionComparison(
        place,
        new ServedCollection(ours, () -> ReadAt.timestamp(source.timestamp())),
        new ServedCollection(theirs, () -> targetReadAt.apply(target)),
        options);
  }

  private static void tryToPrepare(CollectionComparison comparison) {
    try {
      comparison.prepare();
    } catch (MilvusException e) {
      LOG.debug("Not prepared yet: the comparison will try again and report failures", e);
    }
  }

  private CollectionVerdict verdict(CollectionComparison comparison) {
    CollectionVerdict verdict = comparison.run();
    while (!verdict.equal() && timeIsLeft()) {
      verdict = comparison.run();
    }
    return verdict;
  }

  private boolean timeIsLeft() {
    if (System.nanoTime() - giveUp > 0) {
      return false;
    }
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
