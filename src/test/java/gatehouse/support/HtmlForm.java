package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of one of our pages, being filled in. It reads the HTML that our templates are written
 * in, which is less than a browser reads.
 */
public final class HtmlForm {
  private static final Pattern FORM = Pattern.compile("(<form[^>]*>)(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
  private static final Pattern BUTTON = Pattern.compile("(<button[^>]*>)([^<]*)</button>");

  private final String action;
  private final String html;
  private final Parameters values = new Parameters();
  private final List<String> choices = new ArrayList<>();

  private HtmlForm(String tag, String html) {
    this.action = attribute(tag, "action");
    this.html = html;
    Matcher inputs = INPUT.matcher(html);
    while (inputs.find()) {
      String input = inputs.group();
      String name = attribute(input, "name");
      String value = attribute(input, "value");
      boolean box = "checkbox".equals(attribute(input, "type"));
      if (box && name != null) {
        choices.add(value);
      }
      boolean sent = !box || has(input, "checked");
      if (name != null && sent && !has(input, "disabled")) {
        values.add(name, value == null ? "" : value);
      }
    }
  }

  /** The first form of a page, or null. */
  static HtmlForm of(String page) {
    Matcher form = FORM.matcher(page);
    return form.find() ? new HtmlForm(form.group(1), form.group(2)) : null;
  }

  /** Where it is sent. */
  public String action() {
    return action;
  }

  /** What would be sent now, apart from the button. */
  public Parameters values() {
    return values;
  }

  /** The values of the boxes that can be ticked or unticked. */
  public List<String> choices() {
    return List.copyOf(choices);
  }

  boolean hasButton(String label) {
    return button(label) != null;
  }

  /** What is sent if this button is pressed. */
  Parameters pressed(String label) {
    String button = button(label);
    assertTrue(button != null, () -> "no button '" + label + "' in " + html);
    Parameters sent = Parameters.parse(values.encoded());
    return attribute(button, "name") == null ? sent
        : sent.add(attribute(button, "name"), attribute(button, "value"));
  }

  private String button(String label) {
    Matcher buttons = BUTTON.matcher(html);
    while (buttons.find()) {
      if (buttons.group(2).trim().equals(label)) {
        return buttons.group(1);
      }
    }
    return null;
  }

  private static boolean has(String tag, String flag) {
    return Pattern.compile("\\s" + flag + "[\\s>]").matcher(tag).find();
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
    return !matcher.find() ? null : matcher.group(1).replace("&lt;", "<").replace("&gt;", ">")
        .replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
  }
}
