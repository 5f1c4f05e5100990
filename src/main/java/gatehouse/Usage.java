package gatehouse;

import java.util.List;

/** The flags as people read them: {@code --help}, the README's table, what was meant instead. */
final class Usage {
  /** Columns of a terminal. */
  private static final int WIDTH = 80;
  private static final int INDENT = 24;

  /** Letters that may be wrong in what is still recognised. */
  private static final int TYPOS = 2;

  private Usage() {
  }

  /** What {@code --help} prints. */
  static String help(List<Flag> flags) {
    StringBuilder out = new StringBuilder("""
        Gatehouse: OAuth for MCP in one jar.

        Usage: java -jar gatehouse.jar [flags]

        """);
    flags.forEach(flag ->
        row(out, flag.syntax(), flag.meaning() + " (default: " + flag.otherwise() + ")"));
    row(out, "--help", "this text");
    row(out, "--version", "the version");
    return out.append("""

        Every flag can also be set in the environment (--public-url as
        GATEHOUSE_PUBLIC_URL) and in the --config file ("public-url": "..."). The
        command line goes first, then the environment.

        In the environment alone: GATEHOUSE_PASSPHRASE encrypts the keys in --data;
        GATEHOUSE_TLS_PASSWORD opens the file of --tls, or GATEHOUSE_TLS_PASSWORD_FILE
        names a file that has the password in it.
        """).toString();
  }

  /** The flags as a table in Markdown. */
  static String markdown(List<Flag> flags) {
    StringBuilder out = new StringBuilder("| flag | default | meaning |\n|---|---|---|\n");
    flags.forEach(flag -> out.append("| `").append(flag.syntax()).append("` | ")
        .append(flag.otherwise()).append(" | ").append(flag.meaning()).append(" |\n"));
    return out.toString();
  }

  /** What was probably meant by an argument that is none, as part of a sentence; or nothing. */
  static String suggestion(List<Flag> flags, String given) {
    String name = given.replaceFirst("^-*", "").replace('_', '-');
    return flags.stream().map(Flag::name).filter(known -> distance(name, known) <= TYPOS)
        .findFirst().map(known -> "did you mean --" + known + "? Or ").orElse("");
  }

  /** The left column, and the right one broken between words. */
  private static void row(StringBuilder out, String left, String right) {
    StringBuilder line = new StringBuilder("  ").append(left);
    if (line.length() >= INDENT) {
      out.append(line).append('\n');
      line.setLength(0);
    }
    line.append(" ".repeat(INDENT - line.length()));
    for (String word : right.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line.setLength(0);
        line.append(" ".repeat(INDENT));
      }
      line.append(line.length() == INDENT ? "" : " ").append(word);
    }
    out.append(line).append('\n');
  }

  /** Levenshtein's: how many letters to add, drop or exchange. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
