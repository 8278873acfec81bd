/**
 * Holds the addresses of servers, each with its login and its certificates. Sources, targets and
 * stores take these values.
 *
 * <pre>{@code
 * EtcdEndpoint etcd =
 *     EtcdEndpoint.at("https://etcd:2379").login("reader", "secret").trust(Path.of("ca.pem"));
 * }</pre>
 *
 * <p>An endpoint is immutable: each method returns a copy. It validates itself at once, contacts
 * nothing, and shows no secret in its text.
 */
@NullMarked
package io.milvus.cdc.endpoint;

import org.jspecify.annotations.NullMarked;
