package gatehouse.mcp;

/**
 * What surrounds a request while its handler works: the way back, the questions, the end of it.
 *
 * @param channel takes notifications
 * @param questions takes questions
 * @param cancellation says when to stop
 */
public record Run(Channel channel, Questions questions, Cancellation cancellation) {
}
