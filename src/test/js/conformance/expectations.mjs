// Compares what the suite has found with what it is known to be unable to find.
//
// expectations.json lists checks that neither pass nor can:
// { set, scenario, check, status, reason }.
// The reason is always in the suite itself; a fault of ours is mended, not listed.

/** Statuses that say nothing against a server. INFO is what the suite says by the way. */
const GOOD = ['SUCCESS', 'INFO'];

/**
 * { problems, excused }: findings that no expectation covers together with expectations that cover
 * nothing any more, and findings that one covers.
 */
export function compare(results, expectations) {
  const problems = [];
  const excused = [];
  const used = new Set();
  for (const result of results) {
    for (const check of result.checks.filter(({ status }) => !GOOD.includes(status))) {
      const expectation = expectations.find((each) => each.set === result.set
        && each.scenario === result.scenario && each.check === check.id
        && each.status === check.status);
      used.add(expectation);
      (expectation ? excused : problems).push({ ...result, check, reason: expectation?.reason });
    }
    if (!result.checks.some(({ status }) => status !== 'INFO')) {
      problems.push({ ...result,
        check: { id: 'no-check', status: 'FAILURE', errorMessage: 'nothing was checked' } });
    }
  }
  for (const stale of expectations.filter((each) => !used.has(each))) {
    problems.push({ ...stale, profile: 'both', check: { id: stale.check, status: 'STALE',
      errorMessage: 'this expectation no longer applies; remove it from expectations.json' } });
  }
  return { problems, excused };
}
