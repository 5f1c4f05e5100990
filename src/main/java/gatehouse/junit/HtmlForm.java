package gatehouse.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form in one of our pages: where it is sent, its fields, and the boxes that can be ticked. It
 * reads HTML as our templates are written in, which is less than a browser reads.
 *
 * @param action where it is sent
 * @param fields what is sent whatever a person does, in order
 * @param choices the values of the boxes named {@code scope} that a person may tick
 */
record HtmlForm(String action, List<Field> fields, List<String> choices) {

  /** A field that is sent. */
  record Field(String name, String value) {
  }

  private static final Pattern FORM = Pattern.compile("(<form[^>]*>)(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

  /** The form that is sent to an address with this end, or null if the page has none. */
  static HtmlForm to(String path, String html) {
    Matcher forms = FORM.matcher(html);
    while (forms.find()) {
      String action = attribute(forms.group(1), "action");
      if (action != null && action.endsWith(path)) {
        return of(action, forms.group(2));
      }
    }
    return null;
  }

  private static HtmlForm of(String action, String html) {
    List<Field> fields = new ArrayList<>();
    List<String> choices = new ArrayList<>();
    Matcher inputs = INPUT.matcher(html);
    while (inputs.find()) {
      String type = attribute(inputs.group(), "type");
      String name = attribute(inputs.group(), "name");
      String value = attribute(inputs.group(), "value");
      if ("hidden".equals(type) && name != null) {
        fields.add(new Field(name, value == null ? "" : value));
      } else if ("checkbox".equals(type) && "scope".equals(name)) {
        choices.add(value);
      }
    }
    return new HtmlForm(action, fields, choices);
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
    return !matcher.find() ? null : matcher.group(1).replace("&lt;", "<").replace("&gt;", ">")
        .replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
  }
}
