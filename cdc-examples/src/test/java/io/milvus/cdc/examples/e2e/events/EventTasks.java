package io.milvus.cdc.examples.e2e.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.examples.e2e.bench.SecureKafka;
import io.milvus.cdc.examples.e2e.bench.ServerProcess;

/** Tasks of a server that make events of one database. */
record EventTasks(ServerProcess server, String database) {
  /** By {@code kafka_connect_param}. Returns the task's id. */
  String createAsGoClientsDo(SecureKafka kafka, String topic) {
    JsonNode created =
        server.post(
            "/cdc",
            """
            {"request_type":"create","request_data":{
              "kafka_connect_param":{"address":"%s","topic":"%s","enable_sasl":true,
                "sasl":{"username":"%s","password":"%s","mechanisms":"SCRAM-SHA-256",
                        "security_protocol":"SASL_SSL"},
                "certificates":"%s"},
              "db_collections":{"%s":[{"name":"*","use_start_position":true}]}}}"""
                .formatted(
                    kafka.address(),
                    topic,
                    kafka.users().user(),
                    kafka.users().password(),
                    kafka.authority(),
                    database));
    assertThat(created.path("code").asInt()).as("%s", created).isEqualTo(200);
    return created.at("/data/task_id").asText();
  }

  /** To a topic that comes with the task. */
  void create(String id, SecureKafka kafka, String topic) {
    server.post(
        "/api/v1/tasks",
        """
        {"id":"%s","include":["%s"],"target":{
          "kafka":"%s","topic":"%s","partitions":2,"mechanism":"SCRAM-SHA-256",
          "user":"%s","password":"%s","certificates":"%s"}}"""
            .formatted(
                id,
                database,
                kafka.address(),
                topic,
                kafka.users().user(),
                kafka.users().password(),
                kafka.authority()));
  }

  /** To a target of the server's configuration. */
  void create(String id, String target) {
    server.post(
        "/api/v1/tasks",
        "{\"id\":\"%s\",\"include\":[\"%s\"],\"target\":\"%s\"}".formatted(id, database, target));
  }

  /** All that the server tells of its tasks. */
  String listed() {
    return server.get("/api/v1/tasks").toString();
  }

  String listedForGoClients() {
    return server.post("/cdc", "{\"request_type\":\"list\"}").toString();
  }

  void delete(String id) {
    server.send("DELETE", "/api/v1/tasks/" + id, "");
  }
}
