/** Tests TLS, credentials, users, roles and grants. */
@NullMarked
package io.milvus.cdc.examples.e2e.security;

import org.jspecify.annotations.NullMarked;
