import type { RunAccount } from './account.ts';
import type { Problem } from './problem.ts';

/** What a run found that nobody was told before. */
export interface News {
  failed: boolean;
  new: Problem[];
  cured: Problem[];
  /** Name of the snapshot, where this run released one; else of one that is for inspection only, as a check failed. */
  published: string | null;
  inspect: string | null;
}

export const newsOf = ({ exit, problems, new: ids, cured, publish }: RunAccount): News => ({
  failed: exit !== 0 && exit !== 1,
  new: problems.filter(({ id }) => ids.includes(id)),
  cured,
  published: publish?.published && publish.version === publish.latest ? publish.version : null,
  inspect: publish?.published && publish.version !== publish.latest ? publish.version : null,
});

export const isNews = (news: News): boolean =>
  news.failed || news.new.length > 0 || news.cured.length > 0 || news.published !== null || news.inspect !== null;

/** In one line, for a chat or the subject of a mail. */
export function headline(account: RunAccount): string {
  const news = newsOf(account);
  const open = account.problems.filter(({ acknowledged }) => !acknowledged).length;
  const parts = [
    news.failed ? `failed: ${account.failure ?? 'it did not end'}` : null,
    news.new.length > 0 ? `${news.new.length} new problem${news.new.length === 1 ? '' : 's'}` : null,
    news.cured.length > 0 ? `${news.cured.length} cured` : null,
    `${open} to see to`,
    news.published === null ? null : `published ${news.published}`,
    news.inspect === null ? null : `not released, to inspect: ${news.inspect}`,
  ];
  return `gongkai ${account.run}: ${parts.filter((part) => part !== null).join(', ')}`;
}
