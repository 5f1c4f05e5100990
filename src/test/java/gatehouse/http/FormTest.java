package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  @ParameterizedTest
  @CsvSource({
    "a=b,b",
    "a=b+c,b c",
    "a=b%20c,b c",
    "a=b%2Bc,b+c",
    "a=%26%3d%25,&=%",
    "a=b=c,b=c",
    "a=%E2%82%AC,€",
    "a=%F0%9D%84%9E,𝄞",
    "%61=b,b",
    "x=y&a=b&z=,b",
    "&&a=b&&,b"})
  void decodesAValue(String encoded, String value) {
    assertEquals(value, Form.parse(encoded).get("a"));
  }

  /** RFC 6749 App. B. */
  @Test
  void readsTheExampleOfTheStandard() {
    assertEquals(" %&+£€", Form.parse("v=+%25%26%2B%C2%A3%E2%82%AC").get("v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=", "a", "b=c", "A=b", ""})
  void takesAParameterWithoutAValueForAbsent(String encoded) {
    assertNull(Form.parse(encoded).get("a"));
    assertEquals("x", Form.parse(encoded).get("a", "x"));
    assertEquals(List.of(), Form.parse(encoded).all("a"));
  }

  @Test
  void refusesARepeatedParameterOnlyWhenItIsAskedFor() {
    Form form = Form.parse("a=1&b=2&%61=3");
    assertEquals("2", form.get("b"));
    assertEquals(List.of("1", "3"), form.all("a"));
    assertThrows(Form.RepeatedParameter.class, () -> form.get("a"));
    assertThrows(Form.RepeatedParameter.class, () -> form.get("a", "x"));
  }

  @Test
  void refusesARepeatedParameterThoughBothValuesAreEqual() {
    assertThrows(Form.RepeatedParameter.class, () -> Form.parse("a=1&a=1").get("a"));
  }

  @Test
  void doesNotTakeASemicolonForAnAmpersand() {
    assertEquals("1;b=2", Form.parse("a=1;b=2").get("a"));
    assertEquals(Set.of("a"), Form.parse("a=1;b=2").names());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "a=%", "a=%4", "a=%zz", "a=%4&b=1", "%=1", // broken escapes
    "a=%FF", "a=%C3%28", "a=%ED%A0%80", "a=%C0%AF", // not UTF-8
    "a=é+", "a=%4１"}) // not ASCII on the wire
  void refusesWhatIsNotProperlyEncoded(String encoded) {
    assertEquals(400, assertThrows(HttpError.class, () -> Form.parse(encoded)).status());
  }

  @Test
  void boundsTheNumberOfParameters() {
    String[] pairs = new String[200];
    Arrays.setAll(pairs, i -> "p" + i + "=v");
    String most = String.join("&", pairs);
    assertEquals(200, Form.parse(most).names().size());
    assertThrows(HttpError.class, () -> Form.parse(most + "&one=more"));
  }

  @Test
  void readsItsOwnEncodingBack() {
    String encoded = Form.parse("resource=https%3A%2F%2Fa&state=%2B%26%3D%C3%A9&resource=b")
        .encoded();
    Form again = Form.parse(encoded);
    assertEquals(List.of("https://a", "b"), again.all("resource"));
    assertEquals("+&=é", again.get("state"));
  }

  @Test
  void leavesOutWhatAMapHasNoValueFor() {
    Form form = Form.of(new java.util.HashMap<>(Map.of("a", "1", "b", "")));
    assertEquals(Set.of("a"), form.names());
  }
}
