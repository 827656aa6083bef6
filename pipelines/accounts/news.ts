import type { RunAccount } from './account.ts';
import type { Problem } from './problem.ts';

/** What a run found that nobody was told before. */
export interface News {
  failed: boolean;
  new: Problem[];
  cured: Problem[];
  /** Name of the snapshot, where this run published one. */
  published: string | null;
}

export const newsOf = ({ exit, problems, new: ids, cured, publish }: RunAccount): News => ({
  failed: exit !== 0 && exit !== 1,
  new: problems.filter(({ id }) => ids.includes(id)),
  cured,
  published: publish?.published ? publish.version : null,
});

export const isNews = (news: News): boolean =>
  news.failed || news.new.length > 0 || news.cured.length > 0 || news.published !== null;

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
  ];
  return `gongkai ${account.run}: ${parts.filter((part) => part !== null).join(', ')}`;
}
