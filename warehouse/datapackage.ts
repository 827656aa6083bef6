import type { Field, Table } from './schema.ts';

/** Frictionless renderings (https://datapackage.org/standard/data-package/) of the declared tables. */

const types: Record<Field['type'], string> = {
  VARCHAR: 'string',
  INTEGER: 'integer',
  BIGINT: 'integer',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP: 'datetime',
};

/** Table Schema of one table. `title` is the Chinese description, `description` the English one. */
export const tableSchema = (table: Table): object => ({
  fields: table.fields.map((f) => ({
    name: f.name,
    type: types[f.type],
    title: f.zh,
    description: f.en,
    ...(f.unit ? { unit: f.unit } : {}),
    constraints: { required: !f.nullable, ...(f.values ? { enum: f.values.map((v) => v.code) } : {}) },
    ...(f.values ? { categories: f.values.map((v) => ({ value: v.code, label: v.zh, description: v.en })) } : {}),
  })),
  primaryKey: table.key,
  foreignKeys: (table.references ?? []).map((r) => ({
    fields: r.fields,
    reference: { resource: r.table, fields: r.to },
  })),
});

/** What travels inside each Parquet file. */
export const parquetMetadata = (table: Table): Record<string, string> => ({
  description: table.en,
  title: table.zh,
  schema: JSON.stringify(tableSchema(table)),
});

export interface Resource {
  table: Table;
  bytes: number;
  sha256: string;
  rows: number;
}

export interface Release {
  version: string;
  date: string;
  digest: string;
  resources: Resource[];
  /** Portals the data came from. */
  sources: { title: string; path: string }[];
  /** Free properties of ours, such as the verdict. */
  custom: Record<string, unknown>;
}

export const licence = {
  name: 'CC-BY-4.0',
  path: 'https://creativecommons.org/licenses/by/4.0/',
  title: 'Creative Commons Attribution 4.0 (the compilation; the reports are official documents)',
};

export const datapackage = ({ version, date, digest, resources, sources, custom }: Release): object => ({
  $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
  name: 'gongkai',
  title: '政府信息公开工作年度报告数据',
  description: 'The statutory tables of the annual disclosure reports of Chinese administrative organs, as printed.',
  version,
  created: `${date}T00:00:00Z`,
  licenses: [licence],
  sources,
  resources: resources.map(({ table, bytes, sha256, rows }) => ({
    name: table.name,
    title: table.zh,
    description: table.en,
    path: `${table.name}.parquet`,
    format: 'parquet',
    mediatype: 'application/vnd.apache.parquet',
    bytes,
    hash: `sha256:${sha256}`,
    rows,
    schema: tableSchema(table),
  })),
  gongkai: { digest, ...custom },
});
