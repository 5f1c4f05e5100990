/**
 * Stories from start to finish, as a person or a client lives through them. Read {@link
 * gatehouse.support} first, then {@code FirstConnectionTest}: it is the protocol in thirty lines.
 *
 * <p>After it {@code ReturningUserTest}, {@code StepUpTest} and {@code RefreshTest} go on with the
 * same connection; {@code TwoUsersTest} and {@code TwoServersInOneJvmTest} show what must stay
 * apart; {@code CommandLineTest} begins where people do, in a terminal.
 */
package gatehouse.journey;
