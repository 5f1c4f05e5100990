package gatehouse.guard;

/** Says what a token is good for. The guard knows no more of the authorization server than this. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies an access token completely: signature, type, issuer, audience, times, revocation.
   *
   * @throws InvalidToken if any of it does not hold
   */
  Access verify(String token) throws InvalidToken;

  /**
   * Whether a token that was verified before has not been revoked since, though it may have
   * expired. Asked again and again while an answer is streamed, so one who would have to ask
   * somebody else says yes.
   */
  default boolean stillHolds(String token) {
    return true;
  }

  /** A token that is good for nothing here. The message is written for the client's developer. */
  final class InvalidToken extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidToken(String publicText) {
      super(publicText, null, false, false);
    }
  }
}
