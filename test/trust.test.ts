import { describe, expect, test } from 'vitest';
import { suggestedUrl, trustOf } from '../pipelines/trust.ts';
import { finding } from '../transforms/findings.ts';
import type { Reading } from '../transforms/report.ts';
import { unreadable } from './reading.fixture.ts';

const reading = (...findings: Reading['findings']): Reading => ({ ...unreadable(), findings });
const plain = reading();
const copied = reading(finding('clone_text', [], { readings: 9 }));
const naming = (host: string) => reading(finding('foreign_domain', [], { domain: host }));
const at = (url: string, indexUrl = url) => ({ url, indexUrl, simulated: false });

describe('trust', () => {
  test('an official host stays official whatever its text names', () => {
    const place = at('https://www.shili.gov.cn/nb/post_1.html');
    for (const one of [plain, copied, naming('www.shili.com'), null]) expect(trustOf(place, one)).toBe('official');
    expect(trustOf(at('https://www.shili-gov.cn/nb/post_1.html'), null)).toBe('known');
  });

  test('a host of the register is known, and a clone once its pages show it', () => {
    const place = at('http://www.shili.test/nb/post_1.html', 'http://www.shili.test/nb/');
    expect(trustOf(place, naming('www.other.com'))).toBe('known');
    expect(trustOf(place, copied)).toBe('clone');
    expect(trustOf(place, naming('shili.test'))).toBe('clone');
  });

  test('a page that was sent to another site is not what its address says', () => {
    expect(trustOf(at('http://other.test/nb/post_1.html', 'https://www.shili.gov.cn/nb/'), plain)).toBe('clone');
  });

  test('a simulated clone is a clone still', () => {
    const place = { ...at('http://shili.simulator.test/post_1.html'), simulated: true };
    expect([trustOf(place, plain), trustOf(place, copied)]).toEqual(['simulated', 'clone']);
  });
});

describe('the suggested original of a clone', () => {
  const clone = 'http://www.shili.test/zwgk/content/post_1.html';
  const known = 'https://www.shili.gov.cn/zwgk/content/post_1.html';
  const index = (division: string, url: string) => ({ division, url });

  test('is a known official document at the same path', () => {
    expect(suggestedUrl(clone, null, { urls: [known, `${known}?v=2`], indexes: [] })).toBe(known);
    const two = [known, known.replace('shili', 'ling')];
    expect(suggestedUrl(clone, null, { urls: two, indexes: [] })).toBeNull();
  });

  test('else the same path on the only official host of the division', () => {
    const indexes = [
      index('990101', 'https://www.shili.gov.cn/nb/'),
      index('990101', 'http://www.shili.test/nb/'),
      index('990102', 'https://www.ling.gov.cn/nb/'),
    ];
    expect(suggestedUrl(clone, '990101', { urls: [], indexes })).toBe(known);
    expect(suggestedUrl(clone, '990103', { urls: [], indexes })).toBeNull();
    expect(suggestedUrl(clone, null, { urls: [], indexes })).toBeNull();
    indexes.push(index('990101', 'https://zwgk.shili.gov.cn/nb/'));
    expect(suggestedUrl(clone, '990101', { urls: [], indexes })).toBeNull();
  });
});
