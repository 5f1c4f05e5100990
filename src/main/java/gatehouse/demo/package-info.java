/**
 * What runs if nothing else is asked for: an account server with two users, two scopes and seven
 * tools.
 *
 * <p>For readers who want to see a tool that uses what all the other chapters are for, and for
 * authors of their own first one. It obeys one rule: whose data a tool touches is told by the token
 * and never by an argument.
 *
 * <pre>{@code
 *   call.access().subject() --> Accounts --> Account of alice, of bob, or a new one
 *
 *   account:read    get_account  get_account_usage  get_account_billing
 *                   list_account_members  get_account_preferences
 *   account:write   update_account  add_account_member          (implies account:read)
 * }</pre>
 *
 * <p>In order of reading: {@code Demo}, {@code AccountTools}, {@code Accounts}.
 *
 * <p>The package imports {@code json}, {@code mcp} and {@code oauth}, of which it needs {@code
 * Scope}. It stands above the root package, so that {@link gatehouse.GatehouseBuilder#demo} can
 * name it.
 */
package gatehouse.demo;
