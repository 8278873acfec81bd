package io.milvus.cdc.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** The poms that are published say all that a repository asks for, and nothing of our build. */
class PublishedPomsTest {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private static Document pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("..", module, ".flattened-pom.xml").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"proto", "cdc-corelib", "cdc-corelib/bom", "cdc-http-server"})
  void aPublishedPomStandsAlone(String module) throws Exception {
    Document pom = pom(module);

    for (String wanted :
        new String[] {
          "name",
          "description",
          "url",
          "licenses/license/url",
          "developers/developer/name",
          "scm/connection",
          "scm/url"
        }) {
      assertThat(XPATH.evaluate("/project/" + wanted, pom)).as(wanted).isNotBlank();
    }
    assertThat(XPATH.evaluate("count(/project/parent | /project/build)", pom)).isEqualTo("0");
    assertThat(XPATH.evaluate("count(//dependency[scope='test'])", pom)).isEqualTo("0");
    assertThat(XPATH.evaluate("count(//dependency[not(version)])", pom)).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit", "flink", "h2", "kotlin", "assertj", "logback"})
  void theBomHoldsNothingOfOurTests(String name) throws Exception {
    String pinned = "count(//dependency[contains(groupId, '%s') or contains(artifactId, '%s')])";

    assertThat(XPATH.evaluate(pinned.formatted(name, name), pom("cdc-corelib/bom"))).isEqualTo("0");
  }
}
