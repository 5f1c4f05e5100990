/**
 * {@code ./build.sh bench}: what Gatehouse costs, against what it could cost at least.
 *
 * <p>Every part measures the limit and Gatehouse in the same run and in turns, several rounds, and
 * compares round by round, because machines are shared and only ratios hold. Throughput is per
 * second of the server's processor time, as the kernel counts it, not per second of the clock. The
 * server has a core of its own where {@code taskset} is there, and load comes from a process on
 * another.
 *
 * <pre>
 *   Bench          the parts by name; a run
 *   Setup          rounds, durations, commands          Results   samples, medians, ratios, the file
 *   Subject        Gatehouse from the jar               BareServer, SdkServer, Signer   the others
 *   ServerProcess  what the kernel says of a process
 *   Scenario       what a connection asks               Load      wrk with load.lua, or Generator
 *
 *   JarPart        bytes, and nothing missing           ProfilePart  where the time goes
 *   StartPart      cold start                           Archive   of classes, see Training
 *   EmbeddedPart   servers in a program, by a probe     MemoryPart   resident, and by object
 *   ToolsPart      guarded tool calls                   TokensPart   tokens, against RSA alone
 *   ScalePart      a million rows                      PrimitivesPart  Primitives, by JMH
 * </pre>
 */
package gatehouse.bench;
