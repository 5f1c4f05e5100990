package gatehouse;

import gatehouse.http.Histogram;

/**
 * Prometheus' text format, version 0.0.4: families with a name, a type and a help line, and their
 * samples, which have to follow at once.
 */
final class Exposition {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder out = new StringBuilder();
  private String name;

  /** Begins a family; the samples that follow are its. */
  Exposition family(String family, String type, String help) {
    name = family;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n')
        .append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /** A sample; labels are names and values by turns. */
  Exposition sample(double value, String... labels) {
    return sample("", value, labels);
  }

  /** A family of one sample. */
  Exposition gauge(String family, String help, double value) {
    return family(family, "gauge", help).sample(value);
  }

  /** A family of one sample. */
  Exposition counter(String family, String help, double value) {
    return family(family, "counter", help).sample(value);
  }

  /** The samples of a histogram: each bucket has those below it as well. */
  Exposition histogram(Histogram histogram, String... labels) {
    String[] more = new String[labels.length + 2];
    System.arraycopy(labels, 0, more, 0, labels.length);
    more[labels.length] = "le";
    long total = 0;
    for (int i = 0; i < histogram.classes(); i++) {
      total += histogram.count(i);
      more[labels.length + 1] = number(histogram.bound(i));
      sample("_bucket", total, more);
    }
    total += histogram.count(histogram.classes());
    more[labels.length + 1] = "+Inf";
    sample("_bucket", total, more);
    sample("_sum", histogram.sum(), labels);
    return sample("_count", total, labels);
  }

  private Exposition sample(String suffix, double value, String... labels) {
    out.append(name).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1]);
      out.append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(c == '\\' ? "\\\\" : c == '"' ? "\\\"" : c == '\n' ? "\\n" : String.valueOf(c));
    }
  }

  /** Whole numbers as such: a counter of a million is not 1.0E6 to whoever reads the page. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
