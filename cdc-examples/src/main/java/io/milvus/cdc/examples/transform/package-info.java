/** Shows a transform, which drops rows and replaces values before they are on the target. */
@NullMarked
package io.milvus.cdc.examples.transform;

import org.jspecify.annotations.NullMarked;
