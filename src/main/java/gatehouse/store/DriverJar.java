package gatehouse.store;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;

/**
 * Finds the JDBC driver: on the class path, or in a jar that the operator names, since {@code java
 * -jar} has no class path to put it on.
 *
 * <p>The driver is used directly: {@link java.sql.DriverManager} does not lend out drivers that
 * came by another class loader than the caller's.
 */
final class DriverJar {
  private DriverJar() {
  }

  /**
   * A driver for the database.
   *
   * @param jar or null for the class path
   */
  static Driver find(Path jar, String url) {
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader(jar))) {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      }
    } catch (IOException | SQLException e) {
      throw new StoreUnavailable("the JDBC driver could not be loaded: " + e.getMessage(), e);
    }
    throw new StoreUnavailable("no JDBC driver for this kind of database in "
        + (jar == null ? "the class path; name its jar with --driver" : jar));
  }

  private static ClassLoader loader(Path jar) throws IOException {
    if (jar == null) {
      return DriverJar.class.getClassLoader();
    }
    if (!Files.isReadable(jar)) {
      throw new StoreUnavailable(jar + " cannot be read");
    }
    // Never closed: the driver loads classes for as long as it is used.
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, DriverJar.class.getClassLoader());
  }
}
