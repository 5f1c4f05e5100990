package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The instruments themselves, where a mistake in one would make other tests pass. */
@DisplayName("The test vocabulary")
class VocabularyTest {
  private static final String FORM = """
      <form method="post" action="/consent">
        <input type="hidden" name="csrf" value="a&amp;b&quot;c">
        <input type="checkbox" checked disabled>
        <input type="checkbox" name="scope" value="one" checked>
        <input type="checkbox" name="scope" value="two" checked>
        <input type="checkbox" name="scope" value="three">
        <button type="submit" name="decision" value="deny">Deny</button>
        <button type="submit" name="decision" value="allow">Allow</button>
      </form>""";

  @Test
  void a_form_sends_what_is_ticked_and_the_button_that_was_pressed() {
    HtmlForm form = HtmlForm.of(FORM);
    assertEquals("/consent", form.action());
    assertEquals(List.of("one", "two", "three"), form.choices());
    Parameters sent = form.pressed("Deny");
    assertEquals("a&b\"c", sent.get("csrf"));
    assertEquals(List.of("one", "two"), sent.all("scope"));
    assertEquals(List.of("deny"), sent.all("decision"));
    assertNull(HtmlForm.of("<p>nothing to fill in</p>"));
  }

  @Test
  void parameters_survive_the_way_there_and_back() {
    Parameters sent = Parameters.of("a", "1 & 2=3", "ü", "", "a", "again");
    assertEquals(sent.toString(), Parameters.parse(sent.encoded()).toString());
    assertEquals(List.of("x"), sent.set("a", "x").all("a"));
  }

  @Test
  void a_browser_stops_where_its_origin_ends() throws IOException {
    try (WebHost here = new WebHost(); WebHost elsewhere = new WebHost()) {
      here.serve("/start", 302, "", "Location", "/next", "Set-Cookie", "a=1; Path=/; HttpOnly");
      here.redirect("/next", elsewhere.url("/callback?code=c%20d"));
      Page page = new Browser().open(here.url("/start"));
      assertEquals("c d", page.response().get("code"));
      assertEquals("a=1", here.asked().get(1).headers().getFirst("Cookie"));
      assertEquals(0, elsewhere.timesAsked("/callback"));
    }
  }

  @Test
  void a_raw_socket_shows_the_answer_as_it_came() throws IOException {
    try (WebHost host = new WebHost().serve("/", 200, "hello");
        RawSocket socket = RawSocket.to(host.port())) {
      String answer = socket.sendHead("GET / HTTP/1.1", "Host: x").readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith("\r\n\r\nhello"));
      assertTrue(socket.sendHead("GET /x HTTP/1.1", "Host: x", "Connection: close").readAll()
          .startsWith("HTTP/1.1 404 "));
    }
  }
}
