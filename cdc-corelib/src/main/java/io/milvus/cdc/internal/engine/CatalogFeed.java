package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.sources.SourceSession;

/** Provides the catalog that a target must get. For one thread. */
interface CatalogFeed {
  /** Returns the catalog. Returns an equal one as long as nothing has changed. */
  Catalog sync() throws InterruptedException;

  /** Sets a callback, which is run on any thread whenever the catalog may have changed. */
  void onCatalogChange(Runnable wake);

  /** Returns the source's catalog as it is. */
  static CatalogFeed present(SourceSession source) {
    return new CatalogFeed() {
      @Override
      public Catalog sync() throws InterruptedException {
        return source.sync();
      }

      @Override
      public void onCatalogChange(Runnable wake) {
        source.onCatalogChange(wake);
      }
    };
  }
}
