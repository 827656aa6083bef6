import { foldForms } from '../characters/radicals.ts';

const RULE = String.raw`[-—–―─·•~]+`;
const DECORATED = new RegExp(
  String.raw`^(?:${RULE}\s*\d{1,4}\s*${RULE}|第?\s*\d{1,4}\s*页(?:[,/\s]{0,4}共?\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3})$`,
  'u',
);

/** A page number that cannot be a value: `- 4 -`, `—4—`, 第4页, 第 4 页 共 9 页, 4/9. A bare number may be one too: its place decides. */
export const isPageNumber = (text: string): boolean => text.length <= 40 && DECORATED.test(foldForms(text).trim());
