package io.milvus.cdc.http.config;

/** Configurations that others wrote. */
final class Samples {
  /** With the names and values of the Go server's own sample. */
  static final String GO =
      """
      address: 0.0.0.0:8444
      maxTaskNum: 100
      metaStoreConfig:
        storeType: etcd
        etcd:
          address:
            - http://127.0.0.1:2379
          enableAuth: false
          username: root
          password: root123456
          enableTLS: false
          tlsMinVersion: 1.3
        mysqlSourceUrl: root:root@tcp(127.0.0.1:3306)/milvuscdc?charset=utf8
        rootPath: cdc-by-dev
      sourceConfig:
        etcd:
          address:
            - http://127.0.0.1:2379
          rootPath: by-dev
          metaSubPath: meta
          enableAuth: false
          username: root
          password: root123456
          enableTLS: false
          tlsCertPath: deployment/cert/client.pem
          tlsKeyPath: deployment/cert/client.key
          tlsCACertPath: deployment/cert/ca.pem
          tlsMinVersion: 1.3
        readChanLen: 4
        defaultPartitionName: _default
        replicateChan: by-dev-replicate-msg
        pulsar:
          address: pulsar://localhost:6650
          webAddress: localhost:80
          maxMessageSize: 5242880
          tenant: public
          namespace: default
      maxNameLength: 256
      logLevel: info
      detectDeadLock: false
      batchMode: true
      """;

  private Samples() {}
}
