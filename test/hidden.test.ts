import { describe, expect, it } from 'vitest';
import { xlsxFile, xlsxStyles } from '../scripts/compose/xlsx.ts';
import { repacked, textOf } from '../scripts/compose/ooxml.ts';
import { read } from '../transforms/read.ts';
import { figuresOf } from './office.fixture.ts';

const f = figuresOf('2021');

/** A workbook with its rows changed as XML. */
const readSheet = (change: (row: string) => string) =>
  read({
    bytes: repacked(xlsxFile(f, xlsxStyles.plain), (parts) => ({
      ...parts,
      'xl/worksheets/sheet1.xml': textOf(parts['xl/worksheets/sheet1.xml']!).replace(/<row .*?<\/row>/g, change),
    })),
    path: 'hidden.xlsx',
    sha256: '',
  });
const hide = (row: string) => row.replace('<row ', '<row hidden="1" ');
const valuesOf = ({ facts }: Awaited<ReturnType<typeof read>>) =>
  facts.map(({ grid, line, col, value }) => `${grid}/${line}/${col} ${value}`);
const plain = await readSheet((row) => row);

describe('rows that a sheet hides', () => {
  it.each([['属于行政执法案卷'], ['属于行政执法案卷', '重复申请'], ['行政强制'], ['（七）总计']])(
    'are read where they are lines of the form that it does not show, and named: %s',
    async (...labels) => {
      const reading = await readSheet((row) => (labels.some((label) => row.includes(label)) ? hide(row) : row));
      expect(valuesOf(reading)).toEqual(valuesOf(plain));
      const [hidden, ...more] = reading.findings.filter(({ code }) => code === 'line_hidden');
      expect([hidden?.details, more]).toMatchObject([{ labels: { length: labels.length } }, []]);
      expect(hidden?.cells.length).toBeGreaterThan(0);
    },
  );

  it('stay so where the sums of what is shown are against them', async () => {
    const reading = await readSheet((row) =>
      row.includes('属于行政执法案卷') ? hide(row).replace(/<v>\d+<\/v><\/c><\/row>/, '<v>987</v></c></row>') : row,
    );
    expect(reading.facts.filter(({ line }) => line === 'denied_enforcement_file')).toEqual([]);
    expect(reading.findings.map(({ code }) => code)).toContain('line_missing');
  });

  it('stay so where they print a line that is shown, too', async () => {
    const reading = await readSheet((row) =>
      row.includes('属于行政执法案卷') ? hide(row).replace('7.属于行政执法案卷', '6.属于四类过程性信息') : row,
    );
    expect(reading.findings.map(({ code }) => code)).not.toContain('line_hidden');
  });
});
