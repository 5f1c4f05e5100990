package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6570 §1.2, levels 1 to 3, read backwards. */
class UriTemplateTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "t://{var}                | t://value                 | {var=value}",
      "t://{hello}              | t://Hello%20World%21      | {hello=Hello World!}",
      "t://{+path}/here         | t://foo/bar/here          | {path=foo/bar}",
      "t://x{#hello}            | t://x#Hello%20World!      | {hello=Hello World!}",
      "t://map?{x,y}            | t://map?1024,768          | {x=1024, y=768}",
      "t://x{.x,y}              | t://x.1024.768            | {x=1024, y=768}",
      "t://x{/var,x}/here       | t://x/value/1024/here     | {var=value, x=1024}",
      "t://x{;x,y}              | t://x;x=1024;y=768        | {x=1024, y=768}",
      "t://x{?x,y}              | t://x?x=1024&y=768        | {x=1024, y=768}",
      "t://x{?x,y}              | t://x?x=1024              | {x=1024}",
      "t://x?fixed=yes{&x}      | t://x?fixed=yes&x=1024    | {x=1024}",
      "t://{a}+{b}              | t://1+2                   | {a=1, b=2}"})
  void valuesAreReadBack(String template, String uri, String values) {
    assertEquals(values, new UriTemplate(template).match(uri).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"t://", "t://a/b", "t://..", "t://%2e%2e", "t://%2E%2E%2Fetc",
      "t://a%2F..%2Fb", "t://a%5C..%5Cb", "t://%00", "t://%zz", "t://%ff", "t://a b", "u://a"})
  void whatDoesNotFitOrClimbsMatchesNothing(String uri) {
    assertNull(new UriTemplate("t://{a}").match(uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t://{", "t://{}", "t://{a*}", "t://{a:3}", "t://{=a}"})
  void whatIsNotOfLevelsOneToThreeIsRefused(String template) {
    assertThrows(IllegalArgumentException.class, () -> new UriTemplate(template));
  }

  @Test
  void matchingEndsSoonWhateverIsMatched() {
    UriTemplate template = new UriTemplate("t://{+a}{+b}{+c}{+d}{+e}!");
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5),
        () -> assertNull(template.match("t://" + "a".repeat(4_000))));
  }
}
