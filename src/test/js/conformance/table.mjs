// Prints what was found: a line for each scenario, then whatever is not as it should be.

const COUNTED = ['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED'];
const WIDTH = 60;

/** The table, the findings, and one line that sums up. */
export function print(results, { problems, excused }) {
  const cells = COUNTED.map((status) => status.slice(0, 4).toLowerCase().padStart(5)).join('');
  console.log(`${'scenario'.padEnd(WIDTH)}${'open'.padEnd(cells.length + 3)}guarded`);
  console.log(`${''.padEnd(WIDTH)}${cells}   ${cells}`);
  for (const set of new Set(results.map((result) => result.set))) {
    console.log(set);
    const ofSet = results.filter((result) => result.set === set);
    for (const scenario of new Set(ofSet.map((result) => result.scenario))) {
      const both = ofSet.filter((result) => result.scenario === scenario);
      const label = `  ${scenario}${both[0].scored ? '' : ' (not scored)'}`;
      console.log(label.padEnd(WIDTH) + ['open', 'guarded'].map((profile) => (
        counts(both.find((result) => result.profile === profile)))).join('   '));
    }
  }
  for (const { set, scenario, profile, check, reason } of excused) {
    console.log(`\nexpected: ${set} ${scenario} (${profile}) ${check.status} ${check.id}`);
    console.log(`  ${reason}`);
  }
  for (const { set, scenario, profile, check } of problems) {
    console.log(`\nPROBLEM: ${set} ${scenario} (${profile}) ${check.status} ${check.id}`);
    console.log(`  ${check.errorMessage ?? check.description}`);
  }
  const statuses = results.flatMap(({ checks }) => checks.map(({ status }) => status));
  const of = (status) => statuses.filter((each) => each === status).length;
  console.log(`\n${of('SUCCESS')} passed, ${of('FAILURE')} failed, ${of('WARNING')} warnings, `
    + `${of('SKIPPED')} skipped, ${problems.length} not as expected`);
}

/** Every check of the results, with its details. */
export function printChecks(results) {
  for (const { set, scenario, profile, checks } of results) {
    for (const { id, status, description, errorMessage, details } of checks) {
      console.log(`${set} ${scenario} (${profile}) ${status} ${id}: ${description}`);
      console.log(`  ${errorMessage ?? ''} ${JSON.stringify(details) ?? ''}`);
    }
  }
}

function counts(result) {
  const cells = COUNTED.map((status) => (
    result ? String(result.checks.filter((check) => check.status === status).length) : '-'));
  return cells.map((cell) => cell.padStart(5)).join('');
}
