import { describe, expect, it } from 'vitest';
import { forms } from '../transforms/forms/index.ts';
import { columnsOf } from '../transforms/forms/form.ts';
import { rowEncoder } from '../warehouse/encode.ts';
import { field, optional, type TableRow, type Table } from '../warehouse/schema.ts';
import { tables, tableOf } from '../warehouse/tables.ts';
import { rowsOf } from '../warehouse/rows.ts';
import { tableSchema } from '../warehouse/datapackage.ts';

describe('the declared tables', () => {
  it.each(tables.map((t) => [t.name, t] as const))('%s is described in both languages, field by field', (_, table) => {
    for (const of of [table, ...table.fields, ...table.fields.flatMap((f) => f.values ?? [])]) {
      expect(of.zh).toMatch(/[\u4e00-\u9fff]|robots|HTTP/);
      expect(of.en).toMatch(/^[\x21-\x7e][\x20-\x7e]+$/);
    }
  });

  it.each(tables.map((t) => [t.name, t] as const))(
    '%s has unique names, a key that is never null, and sound references',
    (_, table) => {
      const names = table.fields.map((f) => f.name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of table.key)
        expect(table.fields.find((f) => f.name === name)).toMatchObject({ nullable: false });
      for (const reference of table.references ?? []) {
        const target = tableOf(reference.table).fields;
        for (const [i, name] of reference.fields.entries()) {
          const there = target.find((f) => f.name === reference.to[i]);
          expect(there?.type, `${table.name}.${name}`).toBe(table.fields.find((f) => f.name === name)?.type);
        }
      }
    },
  );

  it('hold every cell and equation of every form', () => {
    const rows = rowsOf({ portals: [], captures: [], documents: [], readings: [] });
    const lines = forms.flatMap((f) => f.grids.flatMap((g) => g.lines));
    expect([...(rows['form_lines'] ?? [])]).toHaveLength(lines.length);
    expect([...(rows['form_columns'] ?? [])]).toHaveLength(lines.reduce((n, l) => n + l.columns.length, 0));
    expect([...(rows['form_equations'] ?? [])]).toHaveLength(forms.reduce((n, f) => n + f.equations.length, 0));
    expect([...(rows['form_equations'] ?? [])]).toContainEqual(
      expect.objectContaining({
        edition: '2021',
        code: 'requests.flow',
        formula: 'received + carried_in = concluded + carried_out',
        over: 'column',
      }),
    );
    expect(
      [...(rows['form_terms'] ?? [])].filter((t) => t['code'] === 'series.in_force' && t['side'] === 'right'),
    ).toEqual([
      expect.objectContaining({ position: 1, col: 'in_force', line: null, sign: 1, year: -1 }),
      expect.objectContaining({ position: 2, col: 'issued', line: null, sign: 1, year: 0 }),
      expect.objectContaining({ position: 3, col: 'repealed', line: null, sign: -1, year: 0 }),
    ]);
    expect(forms.flatMap((f) => f.grids.flatMap(columnsOf)).every((c) => c.zh && c.en)).toBe(true);
  });

  it('render to a Frictionless schema', () => {
    expect(tableSchema(tableOf('facts'))).toMatchObject({
      primaryKey: ['report_id', 'grid', 'line', 'col'],
      foreignKeys: [
        { fields: ['report_id'], reference: { resource: 'reports', fields: ['report_id'] } },
        { fields: ['grid', 'line', 'col'], reference: { resource: 'form_columns' } },
      ],
    });
  });
});

describe('rowEncoder', () => {
  const table: Table = {
    name: 't',
    zh: '',
    en: '',
    key: ['a'],
    fields: [
      field('a', 'VARCHAR', '', ''),
      optional('n', 'INTEGER', '', ''),
      optional('d', 'DATE', '', ''),
      optional('t', 'TIMESTAMP', '', ''),
      optional('x', 'DOUBLE', '', ''),
      optional('v', 'VARCHAR', '', '', { values: [{ code: 'yes', zh: '', en: '' }] }),
    ],
  };
  const none = { a: 'a', n: null, d: null, t: null, x: null, v: null };
  const encode = rowEncoder(table);

  it('writes what DuckDB reads back the same', () => {
    const row = { a: '示"例\n', n: -3, d: '2023-01-30', t: '2023-01-30T01:02:03.004Z', x: 1471599.16, v: 'yes' };
    expect(JSON.parse(encode(row))).toEqual(row);
    expect(JSON.parse(encode({ ...none, x: 1e21 }))).toEqual({ a: 'a', x: 1e21 });
    expect(JSON.parse(encode({ ...none, x: 0.1 + 0.2 }))).toEqual({ a: 'a', x: 0.1 + 0.2 });
  });

  it('replaces what would make DuckDB refuse the file', () => {
    expect(encode({ ...none, a: 'x\ud800y\0𠮷' })).toBe('{"a":"x\ufffdy\ufffd𠮷"}');
  });

  it.each<[string, TableRow, string]>([
    ['a missing column', { a: 'a' }, 't.n is missing'],
    ['a null key', { ...none, a: null }, 't.a must not be null'],
    ['an undeclared column', { ...none, b: 1 }, 't.b is not declared'],
    ['half an item', { ...none, n: 1.5 }, 't.n is not INTEGER'],
    ['an integer that is too large', { ...none, n: 2 ** 31 }, 't.n is not INTEGER'],
    ['a date that is none', { ...none, d: '2023/1/3' }, 't.d is not DATE'],
    ['local time', { ...none, t: '2023-01-30 01:02:03' }, 't.t is not TIMESTAMP'],
    ['no number', { ...none, x: NaN }, 't.x is not DOUBLE'],
    ['text for a number', { ...none, x: '1' }, 't.x is not DOUBLE'],
    ['a word outside the vocabulary', { ...none, v: 'no' }, 't.v is not in its vocabulary'],
  ])('refuses %s', (_, row, message) => {
    expect(() => encode(row)).toThrow(message);
  });
});
