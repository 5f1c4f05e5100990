package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Http;
import org.junit.jupiter.api.Test;

class ServerErrorTest {

  /** Whoever asks is not left without an answer, whatever is thrown. */
  @Test
  void answersWithAReferenceWhenTheStackIsExhausted() {
    try (Gatehouse gatehouse = Gatehouse.builder().port(0).intercept((request, next) -> {
      if (request.path().equals("/jwks")) {
        throw new StackOverflowError("deep");
      }
      return next.handle(request);
    }).start()) {
      Answer answer = Http.get(gatehouse.issuer() + "/jwks").expect(500);
      assertTrue(answer.body().contains("Reference: "), answer.body());
      assertFalse(answer.body().contains("deep"));
      assertEquals(200, Http.get(gatehouse.issuer() + "/health").status());
    }
  }
}
