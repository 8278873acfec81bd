package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the repository keep their form, and name only files and classes that exist. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern EVIDENCE = Pattern.compile("\\b[A-Z]\\w+(?:Test|E2E)\\b");
  private static final Pattern NAME = Pattern.compile("\\b(?:[A-Z][a-z0-9]+){2,}\\b");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
  private static final String[] MODULES = {"cdc-corelib", "cdc-examples", "cdc-http-server"};

  private static String read(String page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(result.groupCount()));
  }

  /** Returns the simple names of all classes below the given folder of each module. */
  private static Set<String> classes(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve(folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.substring(0, name.length() - ".java".length()))
            .forEach(names::add);
      }
    }
    return Set.copyOf(names);
  }

  private static String section(String page, String title) {
    Matcher section = Pattern.compile("(?ms)^## " + title + "\n(.*?)(?=^## |\\z)").matcher(page);
    assertThat(section.find()).as(title).isTrue();
    return section.group(1);
  }

  @Test
  void readmeIsShort() throws Exception {
    String readme = read("README.md");

    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(100);
    assertThat(found(EVIDENCE, readme)).as("tests in running text").isEmpty();
    assertThat(paragraphs(CODE.matcher(readme).replaceAll("")))
        .allSatisfy(paragraph -> assertThat(paragraph.lines()).hasSizeLessThanOrEqualTo(4));
  }

  /** Returns the paragraphs and the items of lists; a table is none. */
  private static List<String> paragraphs(String text) {
    return Arrays.stream(text.split("(?m)^\\s*$|^#.*$|^(?=- )", -1))
        .map(String::strip)
        .filter(paragraph -> !paragraph.isEmpty() && !paragraph.startsWith("|"))
        .toList();
  }

  @Test
  void evidenceExists() throws Exception {
    String guarantees = section(read("cdc-corelib/README.md"), "Guarantees");
    List<String> rows = guarantees.lines().filter(line -> line.startsWith("| ")).skip(1).toList();

    assertThat(rows)
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> assertThat(found(EVIDENCE, row)).isNotEmpty());
    assertThat(classes("src/test/java"))
        .containsAll(found(EVIDENCE, guarantees).collect(Collectors.toSet()));
  }

  @Test
  void picturesNameClasses() throws Exception {
    Set<String> named =
        found(CODE, read("cdc-corelib/ARCHITECTURE.md"))
            .flatMap(picture -> found(NAME, picture))
            .collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(40);
    assertThat(classes("src/main/java")).containsAll(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "cdc-corelib/README.md",
        "cdc-corelib/ARCHITECTURE.md",
        "cdc-corelib/CHANGELOG.md",
        "cdc-http-server/README.md",
        "cdc-examples/README.md",
        ".github/CONTRIBUTING.md",
        ".github/SECURITY.md"
      })
  void linksLeadToFiles(String page) throws Exception {
    for (String link : found(LINK, read(page)).filter(link -> !link.contains("://")).toList()) {
      String[] parts = link.split("#", 2);
      Path from = ROOT.resolve(page);
      Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
      assertThat(target).as(link).exists();
      if (parts.length > 1) {
        assertThat(anchors(target)).as(link).contains(parts[1]);
      }
    }
  }

  /** Returns the names of the headings, as a forge forms them. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
