import { z } from 'zod';

/** What `nightly --json` and `status --json` print, exactly: whoever watches reads it. README.md names the same. */

const time = z.iso.datetime();
const count = z.int().min(0);

export const ProblemFormat = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/),
  portal: z.string().nullable(),
  url: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  since: time,
  seen: time,
  returned: z.boolean(),
  acknowledged: z.boolean(),
  until: z.iso.date().nullable(),
  why: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

export const PortalFormat = z.strictObject({
  portal: z.string(),
  family: z.string(),
  listed: count,
  complete: z.boolean(),
  reports: count,
  cells: count,
  requests: count,
  new: count,
  changed: count,
  unchanged: count,
  refused: count,
  failed: count,
  bytes: count,
  seconds: z.number().min(0),
});

const CheckFormat = z.strictObject({
  check: z.string(),
  message: z.string(),
  count,
  sample: z.array(z.record(z.string(), z.unknown())),
});
const lines = z.array(z.string());

export const AccountFormat = z.strictObject({
  run: z.string().regex(/^\d{5,}-\d{8}T\d{6}Z$/),
  started: time,
  ended: time.nullable(),
  exit: z.int().nullable(),
  failure: z.string().nullable(),
  code: z.string(),
  vantage: z.string(),
  portals: z.array(PortalFormat),
  problems: z.array(ProblemFormat),
  new: z.array(z.string()),
  cured: z.array(ProblemFormat),
  tables: z.record(z.string(), count).nullable(),
  documents: z
    .strictObject({ reports: count, copies: count, unread: count, not_a_report: count, not_fetched: count })
    .nullable(),
  check: z.strictObject({ ok: z.boolean(), failures: z.array(CheckFormat), warnings: z.array(CheckFormat) }).nullable(),
  publish: z
    .strictObject({
      published: z.boolean(),
      version: z.string(),
      path: z.string(),
      digest: z.string(),
      latest: z.string().nullable(),
      changes: z
        .strictObject({
          schema: lines,
          new_reports: lines,
          revised: lines,
          withdrawn: lines,
          findings_opened: lines,
          findings_closed: lines,
        })
        .nullable(),
      recovered: lines,
    })
    .nullable(),
});

export const ViewFormat = z.strictObject({
  portal: z.string(),
  name: z.string(),
  division: z.string(),
  family: z.string(),
  index_url: z.string(),
  state: z.enum(['trouble', 'known', 'closed', 'never', 'stale', 'overdue', 'ok']),
  listed_at: time.nullable(),
  complete_at: time.nullable(),
  reports: count,
  cells: count,
  expected: z.strictObject({ year: z.int(), by: z.iso.date() }).nullable(),
  problems: z.array(ProblemFormat),
});

/** With `--fail-if`, which opens no document, the portals have no counts, and `failed_if` says what is so. */
export const OverviewFormat = z.strictObject({
  now: time,
  run: AccountFormat.pick({ run: true, started: true, ended: true, exit: true, failure: true }).nullable(),
  at_work: z.string().nullable(),
  worked_at: time.nullable(),
  portals: z.array(ViewFormat),
  problems: z.array(ProblemFormat),
});

const CountedFormat = ViewFormat.extend({
  discovered: count,
  report: count,
  not_a_report: count,
  unread: count,
  not_fetched: count,
  facts: count,
  tables: z.strictObject({
    reports: count,
    cells: count,
    repeated: z.int(),
    copies: count,
    copied_cells: count,
    waiting: count,
    waiting_cells: count,
  }),
  unfinished: z.array(z.strictObject({ url: z.string(), outcome: z.string(), reason: z.string().nullable() })),
});
export const StatusFormat = OverviewFormat.extend({ portals: z.array(CountedFormat) });
