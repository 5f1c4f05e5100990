package gatehouse;

import java.util.Locale;

/**
 * A setting of the command line, the environment and the configuration file.
 *
 * @param name without dashes
 * @param placeholder what stands for the value; null for a flag that stands alone and means yes
 * @param otherwise what holds without it, for people
 * @param meaning for people
 */
record Flag(String name, String placeholder, String otherwise, String meaning) {

  /** Its variable in the environment. */
  String variable() {
    return "GATEHOUSE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** How it is written on the command line. */
  String syntax() {
    return "--" + name + (placeholder == null ? "" : " " + placeholder);
  }
}
