import { stateOf } from './accounts/problem.ts';
import { ofResult } from './accounts/troubles.ts';
import type { BelievedLine } from './accounts/reviewed.ts';
import type { Archive } from './archive/archive.ts';
import type { Result } from './archive/documents.ts';
import { UsageError } from './errors.ts';
import { readDocuments } from './read.ts';
import { didYouMean } from './suggest.ts';

/**
 * Takes for right what the pages of problems show now, where an earlier copy speaks for them: somebody has looked.
 * @param ids of problems of the last run; one of several articles that are alike means all of them
 * @returns what was added to `believed.csv`
 * @throws UsageError where a problem is of no page, or the page shows no report
 */
export async function believe(ids: string[], why: string, on: string, archive: Archive): Promise<BelievedLine[]> {
  if (ids.length === 0) throw new UsageError('name the problems whose pages are right now; --list has them all');
  const problems = archive.accounts.last()?.problems ?? [];
  const added: BelievedLine[] = [];
  for (const id of ids) {
    const problem = problems.find((one) => one.id === id);
    if (!problem)
      throw new UsageError(
        `the last run has no problem ${id}${didYouMean(
          id,
          problems.map((one) => one.id),
        )}; \`gongkai ack --list\` has them all`,
      );
    const { portal, url, details, message } = problem;
    const alike = 'alike' in details ? details.alike : stateOf(message);
    const meant: Result[] = [];
    for await (const result of readDocuments(archive, portal === null ? [] : [portal]))
      if (
        (url === null || result.document.url === url) &&
        ofResult(result).some((one) => stateOf(one.message) === alike)
      )
        meant.push(result);
    if (meant.length === 0)
      throw new UsageError(
        `${id} is of no page that shows something else than its report: there is nothing to believe`,
      );
    for (const { document, offered } of meant) {
      if (offered === null)
        throw new UsageError(
          `${id}: what ${document.url} shows now is no report (${alike}): the copy before stays; acknowledge it with --until`,
        );
      added.push({ url: document.url, sha256: offered, on, why });
    }
  }
  const before = archive.accounts.believed();
  await archive.accounts.believe([
    ...before.filter((line) => !added.some(({ url, sha256 }) => line.url === url && line.sha256 === sha256)),
    ...added,
  ]);
  return added;
}
