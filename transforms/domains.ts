import type { Finding } from './finding.ts';
import { finding } from './findings.ts';

const DOMAIN =
  /(?<![@\w.-])(?:https?:\/\/)?((?:[a-z0-9-]{1,63}\.){1,6}(?:com|cn|net|org|gov|info|top|xyz|cc|vip|club|site|online|shop))(?![\w.-]*@)(?![a-z0-9-])/gi;

/** Domains outside .gov.cn that a text names: clone sites put their own in place of the portal's. */
export function foreignDomains(texts: string[]): Finding[] {
  const found = new Set<string>();
  for (const text of texts)
    for (const match of text.normalize('NFKC').matchAll(DOMAIN)) {
      const domain = match[1]!.toLowerCase();
      if (!/(^|\.)gov\.cn$/.test(domain)) found.add(domain);
    }
  return [...found].sort().map((domain) => finding('foreign_domain', [], `the text names ${domain}`));
}
