package gatehouse.html;

/**
 * What a template is read from: a page, a piece of one, or a text.
 *
 * @param file its name, for messages
 * @param line where in that file it begins, from 1
 */
record Source(String file, int line, String text) {

  /** The place of a character, as messages name it. */
  String where(int position) {
    int at = line;
    for (int i = 0; i < position; i++) {
      at += text.charAt(i) == '\n' ? 1 : 0;
    }
    return file + ":" + at;
  }

  IllegalArgumentException problem(int position, String what) {
    return new IllegalArgumentException(where(position) + ": " + what);
  }
}
