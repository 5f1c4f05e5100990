package gatehouse.browser;

import gatehouse.support.Chromium;
import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.Keys;

/** What somebody finds who has no mouse: where the Tab key leads, and whether that can be seen. */
final class Keyboard {
  /** Whatever can be used on a page; of several radio buttons the Tab key knows only one. */
  private static final String STOPS = """
      const stops = [...document.querySelectorAll(
          'a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(one => !one.disabled && one.type !== 'hidden' && one.checkVisibility()
          && one.tabIndex >= 0 && (one.type !== 'radio' || one.checked));
      """;

  private static final String NAME = """
      const name = one => one.tagName + ' ' + (one.name || one.id || one.getAttribute('href') || '')
        + ' ' + one.textContent.trim();
      """;

  private static final String WHERE = STOPS + NAME + """
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return [stops.indexOf(one), seen ? '' : name(one)];
      """;

  private Keyboard() {
  }

  /** What is wrong with the way of the Tab key through the page. */
  static List<String> problems(Chromium chromium) {
    List<?> stops = (List<?>) chromium.driver().executeScript(STOPS + NAME + "return stops.map(name)");
    List<String> problems = new ArrayList<>();
    List<Long> way = new ArrayList<>();
    // Once around, and through the browser's own buttons.
    for (int i = 0; i < 2 * stops.size() + 4 && way.stream().distinct().count() < stops.size(); i++) {
      chromium.screen().key(Keys.TAB);
      List<?> where = (List<?>) chromium.driver().executeScript(WHERE);
      long stop = (Long) where.get(0);
      if (stop < 0) {
        continue;
      }
      if (!where.get(1).equals("")) {
        problems.add("the focus cannot be seen on " + where.get(1));
      }
      // Forwards, and from the end back to the beginning.
      if (!way.isEmpty() && stop != (way.get(way.size() - 1) + 1) % stops.size()) {
        problems.add("after " + stops.get(way.get(way.size() - 1).intValue())
            + " comes " + stops.get((int) stop));
      }
      way.add(stop);
    }
    for (int i = 0; i < stops.size(); i++) {
      if (!way.contains((long) i)) {
        problems.add("never reached: " + stops.get(i));
      }
    }
    return problems;
  }
}
