/**
 * JSON from outside, and nothing else: the one class through which it comes in.
 *
 * <p>For readers of any other chapter who meet a {@link gatehouse.json.Fields} and want to know
 * what has been checked by then. JSON is read and kept with minimal-json, whose values are used as
 * they are everywhere; only its lenience is not. RFC 8259 §4 leaves it to a reader what a repeated
 * name means; here it is an error. Depth, number of values and length of numbers are bounded, and
 * no message repeats a value that came in.
 *
 * <pre>{@code
 *   bytes --> UTF-8? --> JSON? --> no name twice? --> within bounds? --> JsonValue
 *                                                                            |
 *   needText("iss")  number("exp", 0)  texts("redirect_uris")  <-- Fields <--+
 *                                      wrong type or missing: Malformed, which names the field
 * }</pre>
 *
 * <p>Read {@code Fields}, from the top to {@code Malformed}; {@code BoundedReader} is the counting
 * builder behind {@code read}.
 *
 * <p>The package imports nothing of ours.
 */
package gatehouse.json;
