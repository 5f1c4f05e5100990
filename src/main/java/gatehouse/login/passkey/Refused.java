package gatehouse.login.passkey;

/** A response of an authenticator that is not accepted; {@link PasskeyPage} answers it. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  Refused(Refusal reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Refusal reason() {
    return reason;
  }

  /** Goes on only if the check holds. */
  static void unless(boolean holds, Refusal reason) {
    if (!holds) {
      throw new Refused(reason);
    }
  }
}
