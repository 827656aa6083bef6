import { givenFields, type Field, type TableRow, type Table, type Value } from './schema.ts';

/**
 * Makes the function that turns a row of a table into a line of JSON that DuckDB can load. It throws when a row does
 * not fit its declaration: that is a mistake of ours, and better found here than as a null or a rounded number in a
 * published table. Everything that depends on the declaration alone is done once, as facts come by the million.
 */
export function rowEncoder(table: Table): (row: TableRow) => string {
  const fields = givenFields(table).map((f) => ({
    name: f.name,
    json: `${JSON.stringify(f.name)}:`,
    nullable: f.nullable,
    fault: faultOf(f),
  }));
  const complain = (row: TableRow, name: string, what: string): Error =>
    new Error(`${table.name}.${name} ${what}: ${JSON.stringify(row[name])}`);
  return (row) => {
    let line = '{';
    for (const { name, json, nullable, fault } of fields) {
      const value = row[name];
      if (value === undefined) throw complain(row, name, 'is missing');
      if (value === null) {
        if (!nullable) throw complain(row, name, 'must not be null');
        continue;
      }
      const what = fault(value);
      if (what !== null) throw complain(row, name, what);
      line += (line === '{' ? '' : ',') + json + (typeof value === 'string' ? jsonText(value) : String(value));
    }
    // Every declared column was there, so a different number of them means an undeclared one.
    if (Object.keys(row).length !== fields.length) {
      const extra = Object.keys(row).find((name) => !fields.some((f) => f.name === name));
      throw complain(row, extra ?? '', 'is not declared');
    }
    return line + '}';
  };
}

/** What is wrong with a value of a field, or null. */
function faultOf(f: Field): (value: NonNullable<Value>) => string | null {
  const fit = fits[f.type];
  const known = f.values ? new Set<Value>(f.values.map((v) => v.code)) : null;
  return (value) => (!fit(value) ? `is not ${f.type}` : known && !known.has(value) ? 'is not in its vocabulary' : null);
}

const isText = (value: Value): value is string => typeof value === 'string';
const matches = (pattern: RegExp) => (value: Value) => isText(value) && pattern.test(value);
const isWhole = (value: Value) => Number.isSafeInteger(value);

const fits: Record<Field['type'], (value: Value) => boolean> = {
  VARCHAR: isText,
  INTEGER: (value) => isWhole(value) && Math.abs(Number(value)) < 2 ** 31,
  BIGINT: isWhole,
  DOUBLE: (value) => Number.isFinite(value),
  BOOLEAN: (value) => typeof value === 'boolean',
  DATE: matches(/^\d{4}-\d{2}-\d{2}$/),
  TIMESTAMP: matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/),
};

/**
 * A hostile page may hold half of a surrogate pair, which makes DuckDB refuse the whole file, or a NUL, which cuts
 * text short in other readers: both become U+FFFD, as any decoder would have it.
 */
const jsonText = (text: string): string => JSON.stringify(text.replace(/\p{Surrogate}|\0/gu, '\ufffd'));
