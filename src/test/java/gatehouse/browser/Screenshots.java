package gatehouse.browser;

import gatehouse.support.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of every page in every state, on a phone and a wide screen, light and dark, and on a
 * phone in German.
 *
 * <pre>
 *   ./build.sh screenshots [DIR]
 * </pre>
 */
final class Screenshots {
  private static final int PHONE = 360;
  private static final int DESK = 1280;

  private Screenshots() {
  }

  /** Draws them into the folder that is named. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int count = 0;
    Chromium chromium = new Chromium();
    try (Stage stage = new Stage()) {
      chromium.start();
      for (Visit visit : Visit.all()) {
        chromium.reset();
        visit.way().walk(stage, chromium);
        for (int width : List.of(PHONE, DESK)) {
          for (boolean dark : List.of(false, true)) {
            chromium.looks(width, dark);
            Files.write(folder.resolve(
                visit.name() + "-" + width + (dark ? "-dark" : "-light") + ".png"),
                chromium.picture());
            count++;
          }
        }
        if (visit.stays()) {
          chromium.speaks("de").looks(PHONE, false).driver().navigate().refresh();
          Files.write(folder.resolve(visit.name() + "-" + PHONE + "-german.png"),
              chromium.picture());
          count++;
        }
      }
    } finally {
      chromium.close();
    }
    System.out.println(count + " pictures in " + folder);
  }
}
