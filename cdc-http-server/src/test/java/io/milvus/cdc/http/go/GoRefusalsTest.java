package io.milvus.cdc.http.go;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request that the Go server refuses, with its code, its words, and ours. */
class GoRefusalsTest {
  private static final String LONG =
      "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn".repeat(4);

  @TempDir private static Path state;
  private static OneServer server;

  @BeforeAll
  static void begin() {
    server = OneServer.at(state);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static void assertRefused(String body, int code, String words, String cure) {
    Http.Reply reply = server.http().post("/cdc", body.replace("LONG", LONG));
    assertThat(reply.status()).isEqualTo(200);
    JsonNode answer = reply.json();
    assertThat(answer.path("code").asInt()).as(reply.body()).isEqualTo(code);
    assertThat(answer.path("message").asText())
        .contains(words)
        .containsIgnoringCase(cure == null ? "" : cure);
    assertThat(server.engine().tasks()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                             | 400 | the downstream address is empty              | milvus_connect_param.uri
          {'milvus_connect_param':{'uri':'http://a:1','host':'b'},'kafka_connect_param':{'address':'k:9092','topic':'t'}} | 400 | don't support milvus and kafka at the same time now | two tasks
          {'milvus_connect_param':{'port':19530}}                                        | 400 | the milvus host is empty                     | uri
          {'milvus_connect_param':{'host':'localhost'}}                                  | 400 | the milvus port is less or equal zero        | uri
          {'milvus_connect_param':{'host':'localhost','port':-5}}                        | 400 | the milvus port is less or equal zero        | uri
          {'milvus_connect_param':{'host':'localhost','port':19530,'password':'x'}}      | 400 | cannot set only one of the milvus username and password | token
          {'milvus_connect_param':{'host':'localhost','port':19530,'username':'x'}}      | 400 | cannot set only one of the milvus username and password | token
          {'milvus_connect_param':{'uri':'http://a:2','connect_timeout':-1}}             | 400 | the milvus connect timeout is less zero      | -1
          {'kafka_connect_param':{'address':'k:9092'}}                                   | 400 | the kafka topic is empty                     | topic
          {'kafka_connect_param':{'address':'k:9092','topic':'t','enable_sasl':true}}    | 400 | sasl.password is missing                     | set both
          {'kafka_connect_param':{'address':'k:9092','topic':'t','sasl':{'security_protocol':'SASL_SSL'}}} | 400 | enable_sasl is not true         | set enable_sasl to true
          {'kafka_connect_param':{'address':'k:9092','topic':'t','sasl':{'security_protocol':'HTTP'}}} | 400 | 'HTTP'                              | SASL_PLAINTEXT
          {'kafka_connect_param':{'address':'k:9092','topic':'a b'},'collection_infos':[{'name':'*'}]} | 400 | 'a b' is not a valid topic          | letters
          {'kafka_connect_param':{'address':'k:9092','topic':'t','enable_sasl':true,'sasl':{'username':'u','password':'p','mechanisms':'GSSAPI'}},'collection_infos':[{'name':'*'}]} | 400 | 'GSSAPI' | PLAIN
          {'milvus_connect_param':{'uri':'http://a:2'},'buffer_config':{'period':-1}}    | 400 | the cache period is less zero                | no effect
          {'milvus_connect_param':{'uri':'http://a:2'},'buffer_config':{'size':-1}}      | 400 | the cache size is less zero                  | no effect
          {'milvus_connect_param':{'uri':'http://a:2'}}                                  | 400 | the collection info is empty                 | db_collections
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[]}            | 400 | the collection info is empty                 | db_collections
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'a'},{'name':'b'}]} | 400 | the collection info should be only one | /api/v1/tasks
          {'milvus_connect_param':{'uri':'http://a:2'},'db_collections':{'a':[{'name':'*'}],'b':[{'name':'*'}]}} | 400 | the collection info should be only one | /api/v1/tasks
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'a'}],'db_collections':{'a':[{'name':'*'}]}} | 400 | the collection info and db collection info should be only one | not both
          {'milvus_connect_param':{'uri':'http://a:2'},'db_collections':{'a':[]}}        | 400 | empty collection info                        | name one
          {'milvus_connect_param':{'uri':'http://a:2'},'db_collections':{'a':[{'name':'a'},{'name':'b'}]}} | 400 | the collection info should be only one. | create a task for each
          {'milvus_connect_param':{'uri':'http://a:2'},'db_collections':{'LONG':[{'name':'a'}]}} | 400 | the db name length exceeds 256 characters |
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':''}]} | 400 | there is a collection name that is empty     | * for all
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'LONG'}]} | 400 | there are some collection names whose length exceeds 256 characters |
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'*','positions':{'c_1v0':'x'}}]} | 400 | the collection name is `*`, the positions should be empty | one collection
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'a','positions':{'c_1':'x'}}]} | 400 | the position channel name is not virtual channel, c_1 | v0
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'a','positions':{'c_1v0':'AAAA','c_2v0':'AAAA'}}]} | 400 | the channel position info should be in the same collection | [1, 2]
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'a','positions':{'c_1v0':'!'}}]} | 500 | fail to decode the position data | base 64
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'*'}],'name_mapping':[{'source_db':'x','target_db':'y'}]} | 400 | the collection name in the name mapping is not in the collection info, checkout it | x.*
          {'milvus_connect_param':{'uri':'http://a:1'},'collection_infos':[{'name':'*'}]} | 500 | fail to connect the milvus                  | http://a:1
          {'milvus_connect_param':{'uri':'ftp://a'},'collection_infos':[{'name':'*'}]}   | 400 | 'ftp://a'                                    | http://host:19530
          {'milvus_connect_param':{'uri':'http://a:2','dial_config':{'client_pem_path':'c'}},'collection_infos':[{'name':'*'}]} | 400 | only one of dial_config.client_pem_path | Set both
          {'milvus_connect_param':{'uri':'http://a:2'},'collection_infos':[{'name':'*'}],'task_id':'../x'} | 400 | '../x' | letters
          {'milvus_connect_param':{'host':'localhost','port':'19530'}}                   | 500 | fail to decode the create request, error:    | milvus_connect_param.port
          {'milvus_connect_param':[]}                                                    | 500 | fail to decode the create request, error:    | milvus_connect_param
          """)
  void aBadCreateRequest(String data, int code, String words, String cure) {
    String prefix =
        code == 500 && words.startsWith("fail to decode the create")
            ? ""
            : "fail to handle the create request, error: ";
    assertRefused("{'request_type':'create','request_data':%s}".formatted(data), code, words, cure);
    assertRefused(
        "{'request_type':'create','request_data':%s}".formatted(data), code, prefix, cure);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                                       | 500 | fail to unmarshal the request, error:
          []                                                                      | 500 | fail to unmarshal the request, error:
          {'request_type':5}                                                      | 500 | fail to unmarshal the request, error:
          {'request_type':'list','request_data':5}                                | 500 | fail to unmarshal the request, error:
          {}                                                                      | 400 | invalid 'request_type' param, can be set [create, delete, get, list, maintenance, pause, position, resume]
          {'request_type':'dance'}                                                | 400 | invalid 'request_type' param, can be set
          {'request_type':'get','request_data':{}}                                | 400 | fail to handle the get request, error: task_id is empty
          {'request_type':'get','request_data':{'task_id':'x'}}                   | 400 | fail to handle the get request, error: not found: [x]
          {'request_type':'get','request_data':{'task_id':5}}                     | 500 | fail to decode the get request, error:
          {'request_type':'pause','request_data':{'task_id':'x'}}                 | 400 | fail to handle the pause request, error: not found the task, task_id: x
          {'request_type':'resume','request_data':{'task_id':'x'}}                | 400 | fail to handle the resume request, error: not found the task, task_id: x
          {'request_type':'delete','request_data':{'task_id':'x'}}                | 400 | fail to handle the delete request, error: not found the task, task_id: x
          {'request_type':'delete','request_data':{'ignore_not_found':'yes'}}     | 500 | fail to decode the delete request, error:
          """)
  void aBadRequest(String body, int code, String words) {
    assertRefused(body, code, words, "");
  }

  @ParameterizedTest
  @CsvSource({"GET", "PUT", "DELETE", "PATCH"})
  void anotherMethodThanPost(String method) {
    Http.Reply reply = server.http().send(method, "/cdc", "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo("{\"code\":405,\"message\":\"only support the POST method\"}");
  }
}
