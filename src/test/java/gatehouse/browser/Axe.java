package gatehouse.browser;

import gatehouse.support.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * What axe-core, the checker behind most tools for accessibility, finds on a page. It is one of the
 * packages in {@code src/test/js}; where it is not installed the test is skipped, but not where
 * {@code CI} is set.
 */
final class Axe {
  private static final Path SCRIPT = Path.of("src/test/js/node_modules/axe-core/axe.min.js");

  /** It is given to the page from outside, so the page's policy does not matter to it. */
  private static final String RUN = """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations'], preload: false}).then(
        results => done(results.violations
          .filter(one => one.impact === 'serious' || one.impact === 'critical')
          .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')
            + ' ' + node.failureSummary).join('; '))),
        error => done(['axe failed: ' + error]));
      """;

  private Axe() {
  }

  /** The serious and critical violations on the page as it is now. */
  static List<?> violations(Chromium chromium) {
    Assumptions.assumeTrue(Files.exists(SCRIPT) || System.getenv("CI") != null,
        "axe-core is not installed in src/test/js");
    if (!Boolean.TRUE.equals(chromium.driver().executeScript("return !!window.axe"))) {
      try {
        chromium.driver().executeScript(Files.readString(SCRIPT));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return (List<?>) chromium.driver().executeAsyncScript(RUN);
  }
}
