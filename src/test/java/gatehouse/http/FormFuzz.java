package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Queries and form bodies, against the decoder of the JDK. */
public final class FormFuzz {
  private FormFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Form form;
    try {
      form = Form.parse(text);
    } catch (HttpError e) {
      assertEquals(400, e.status());
      return;
    }
    List<String> expected = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!value.isEmpty()) {
        assertTrue(form.all(name).contains(value), () -> name + " lacks " + value);
        expected.add(name);
      }
    }
    int count = 0;
    for (String name : form.names()) {
      List<String> all = form.all(name);
      count += all.size();
      assertEquals(all.size(), expected.stream().filter(name::equals).count());
      try {
        assertEquals(all.get(0), form.get(name));
        assertEquals(1, all.size(), "a repeated parameter was read as one");
      } catch (Form.RepeatedParameter e) {
        assertTrue(all.size() > 1);
      }
    }
    assertEquals(expected.size(), count);
    Form again = Form.parse(form.encoded());
    assertEquals(form.names(), again.names());
    form.names().forEach(name -> assertEquals(form.all(name), again.all(name)));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
