import { expect, test } from 'vitest';
import { UsageError } from '../pipelines/errors.ts';
import { selected, type Selection } from '../pipelines/selection.ts';

const portals = [
  { id: 'province', division: '440000', family: 'gkmlpt' },
  { id: 'city', division: '440100', family: 'nfcms' },
  { id: 'district', division: '440111', family: 'nfcms' },
  { id: 'capital', division: '110000', family: 'plain' },
];
const idsOf = (selection: Selection) => selected(portals, selection, 'the register').map(({ id }) => id);

test.each<[Selection, string[]]>([
  [{}, ['province', 'city', 'district', 'capital']],
  [{ division: ['44'] }, ['province', 'city', 'district']],
  [{ division: ['4401'] }, ['city', 'district']],
  [{ division: ['440100', '11'] }, ['city', 'capital']],
  [{ family: ['plain', 'gkmlpt'] }, ['province', 'capital']],
  [{ portal: ['district', 'city'] }, ['city', 'district']],
  [{ division: ['44'], family: ['nfcms'], portal: ['city', 'capital'] }, ['city']],
])('%j selects %j', (selection, ids) => expect(idsOf(selection)).toEqual(ids));

test.each<[Selection, RegExp]>([
  [{ portal: ['city', 'atlantis'] }, /no portal atlantis in the register/],
  [{ portal: ['distrikt', 'City'] }, /no portal distrikt \(did you mean district\?\), City \(did you mean city\?\) in/],
  [{ portal: ['prov'] }, /no portal prov \(did you mean province\?\) in/],
  [{ division: ['440110'] }, /no portal of division 440110 \(did you mean 440100\?\) in/],
  [{ family: ['nfcsm'] }, /no portal of family nfcsm \(did you mean nfcms\?\) in/],
  [{ division: ['44', '99'] }, /no portal of division 99 in/],
  [{ division: [''] }, /no portal of division/],
  [{ family: ['geocities'] }, /no portal of family geocities/],
  [{ division: ['11'], family: ['nfcms'] }, /of all of --division 11 and --family nfcms/],
])('%j is wrong usage: nothing selected must not look like nothing new', (selection, message) => {
  expect(() => idsOf(selection)).toThrow(message);
  expect(() => idsOf(selection)).toThrow(UsageError);
});

test('a register without a portal is wrong usage', () => {
  expect(() => selected([], {}, 'the register')).toThrow(/no portal at all in the register/);
});
