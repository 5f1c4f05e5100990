/**
 * What the official MCP conformance suite ({@code @modelcontextprotocol/conformance}) wants to find
 * on a server: tools, resources, prompts, tasks and skills of fixed names, whose answers it checks
 * message by message. They also show what a handler can do, shortest example first.
 *
 * <pre>
 *   Fixtures            all of them, in the order in which clients see them
 *   ContentTools        each kind of content, an error, progress, a schema, a header
 *   AskingTools         one question or several: the same code in a session and without one
 *   ConversationTools   logs, hanging up, list changes, and asking inside a session
 *   Resources           texts, bytes, a template, one that changes
 *   Prompts             arguments, resources, pictures, a question
 *   TaskTools           work that outlives its request
 *   Skills              a skill with a file beside it
 *
 *   ConformanceServer   a server with all of this, open or guarded; has a main method
 *
 *   ConformanceTest         runs the suite (src/test/js/conformance/run.mjs) on two such servers
 *   TaskNotificationsTest   what the suite means to test and skips
 *   ClientsOnFixturesTest   the official clients list and call every kind of fixture
 * </pre>
 *
 * <p>{@code ./build.sh conformance} runs the suite from a terminal.
 */
package gatehouse.conformance;
