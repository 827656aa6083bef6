/**
 * What a published table is. `tables.ts` declares each column once; DDL, comments, Parquet metadata, datapackage.json
 * and the dictionary are renderings of that declaration.
 */
export type FieldType = 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP';

export interface Field {
  name: string;
  type: FieldType;
  zh: string;
  en: string;
  unit?: string;
  nullable: boolean;
  /** Closed vocabulary: every value that may occur, with its meaning. A value outside it stops the build. */
  values?: CodedValue[];
}

export interface CodedValue {
  code: string;
  zh: string;
  en: string;
}

export interface Table {
  name: string;
  zh: string;
  en: string;
  /** Unique together; also the order of the rows in the published file. */
  key: string[];
  fields: Field[];
  /**
   * Field of the key that numbers rows in which the rest of the key is the same, from 0, by their content: filled when the
   * table is loaded, so that rows may come one after the other in any order.
   */
  ordinal?: string;
  /** Fields that name a row of another table; null in any of them means no reference. */
  references?: Reference[];
  /**
   * True for a log that grows with every visit to a portal even when nothing was published there. It is part of a
   * snapshot but not of the snapshot's digest, or looking again would be news every night.
   */
  journal?: true;
}

/** What a row has when it comes. */
export const givenFields = ({ fields, ordinal }: Table): Field[] => fields.filter(({ name }) => name !== ordinal);

export interface Reference {
  fields: string[];
  table: string;
  /** Same order as `fields`. */
  to: string[];
}

export type Value = string | number | boolean | null;
/** One row; dates are `YYYY-MM-DD`, timestamps ISO 8601 in UTC. */
export type TableRow = Record<string, Value>;

type More = Partial<Pick<Field, 'unit' | 'values'>>;

/** A column that always has a value. */
export const field = (name: string, type: FieldType, zh: string, en: string, more: More = {}): Field => ({
  name,
  type,
  zh,
  en,
  nullable: false,
  ...more,
});

/** A column that may be null; the description says what null means. */
export const optional = (name: string, type: FieldType, zh: string, en: string, more: More = {}): Field => ({
  ...field(name, type, zh, en, more),
  nullable: true,
});

export const coded = (code: string, zh: string, en: string): CodedValue => ({ code, zh, en });
