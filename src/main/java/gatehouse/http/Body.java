package gatehouse.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of a request, as far as its route allows (413 beyond that, RFC 9110 §15.5.14). How
 * long it may take to arrive is {@link Patience}'s; what is in it, the handler's.
 */
final class Body {
  private Body() {
  }

  /**
   * All of it.
   *
   * @param declared the value of {@code Content-Length}, or null
   * @param most bytes that it may have
   * @throws HttpError 413, 408 if it does not arrive, or 400 if the length is none
   */
  static byte[] read(InputStream in, String declared, int most) {
    try {
      if (declared != null && Long.parseLong(declared.trim()) > most) {
        throw tooLarge(most);
      }
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw tooLarge(most);
      }
      return body;
    } catch (NumberFormatException e) {
      throw new HttpError(400, "Content-Length is not a number.");
    } catch (IOException e) {
      throw new HttpError(408, "The request did not arrive in full.");
    }
  }

  private static HttpError tooLarge(int most) {
    return new HttpError(413, "The body may have at most " + most + " bytes.");
  }
}
