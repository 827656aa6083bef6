import { interpret } from '../../transforms/interpret.ts';
import { read } from '../../transforms/read.ts';
import type { Reading } from '../../transforms/report.ts';
import { compare } from '../compare.ts';
import type { Sample } from './documents.ts';
import type { Patch, Sources } from './sources.ts';

/** One document as some sources read it. */
interface Said {
  /** One text a part, to be compared. */
  facts: string;
  findings: string;
  rest: string;
  /** Cells as the truth has them, and wrong ones that nothing calls into question; of composed documents. */
  right: number;
  wrong: number;
  unflagged: number;
}

export type Readings = Map<string, Said>;

/** What a change of the sources changes. */
export interface Effect {
  /** Documents whose facts are others; whose findings alone; of which anything else alone. */
  facts: number;
  findings: number;
  rest: number;
  /** Cells of all composed documents, without the change and with it. */
  right: [number, number];
  wrong: [number, number];
  unflagged: [number, number];
  /** A document that reads otherwise: a golden page if there is one, then one whose facts are others. */
  page: string | null;
}

/** Most changes come after the blocks of a document, which then need not be made again. */
type Stage = 'bytes' | 'blocks';
export const stageOf = ({ file }: Patch): Stage =>
  /^(formats|doc|characters\/(decode|mojibake))\b/.test(file) ? 'bytes' : 'blocks';

/** All documents as the sources read them, from their bytes or from their blocks on. */
export async function readBy(sources: Sources, samples: Sample[], from: Stage): Promise<Readings> {
  const read = from === 'bytes' ? await sources.read() : null;
  const interpret = await sources.interpret();
  const said: Readings = new Map();
  for (const { name, path, bytes, doc, truth } of samples) {
    if (!read && !doc) continue;
    try {
      const reading = read ? await read({ bytes, path, sha256: '' }) : interpret(doc!);
      said.set(name, judged(reading, truth));
    } catch (error) {
      // A mechanism may be what keeps a document from an error of our own.
      said.set(name, { ...judged({ facts: [], findings: [] }, truth), rest: String(error) });
    }
  }
  return said;
}

/** The sources of this process. */
export const ownSources: Sources = { interpret: async () => interpret, read: async () => read };

function judged(reading: Pick<Reading, 'facts' | 'findings'>, truth: Sample['truth']): Said {
  const { facts, findings, ...rest } = reading;
  const score = truth ? compare(truth, { ...empty, ...reading }) : { right: 0, wrong: 0, extra: 0, unflagged: 0 };
  return {
    facts: JSON.stringify(facts),
    findings: JSON.stringify(findings),
    rest: JSON.stringify(rest),
    right: score.right,
    wrong: score.wrong + score.extra,
    unflagged: score.unflagged,
  };
}

const empty: Omit<Reading, 'facts' | 'findings'> = {
  source: { path: '', sha256: '', media_type: '', encoding: null, script: null },
  report: null,
  mentions: [],
  sections: [],
};

export function effectOf(as: Readings, otherwise: Readings): Effect {
  const differing = (part: (a: Said, b: Said) => boolean) =>
    [...as].flatMap(([name, said]) => (part(said, otherwise.get(name)!) ? [name] : []));
  const facts = differing((a, b) => a.facts !== b.facts);
  const findings = differing((a, b) => a.facts === b.facts && a.findings !== b.findings);
  const rest = differing((a, b) => a.facts === b.facts && a.findings === b.findings && a.rest !== b.rest);
  const all = [...facts, ...findings, ...rest];
  const sum = (of: Readings, count: 'right' | 'wrong' | 'unflagged') =>
    [...of.values()].reduce((n, said) => n + said[count], 0);
  const both = (count: 'right' | 'wrong' | 'unflagged'): [number, number] => [sum(as, count), sum(otherwise, count)];
  return {
    facts: facts.length,
    findings: findings.length,
    rest: rest.length,
    right: both('right'),
    wrong: both('wrong'),
    unflagged: both('unflagged'),
    page: all.find((name) => !isComposed(name)) ?? all[0] ?? null,
  };
}

const isComposed = (name: string): boolean => /^[a-z]+-\d{3}$/.test(name);
