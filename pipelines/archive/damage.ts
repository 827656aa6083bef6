/** What was found damaged in the archive, and passed over: the rest works, and somebody is told. */
export interface Damage {
  /** Each file is told once, however often it is met. `mend` is called when nobody else writes, and says what it did. */
  note: (path: string, what: string, mend: () => Promise<string>) => void;
  found: () => string[];
  /** Mends what was found so far; each entry says what it was and what became of it. */
  mend: () => Promise<string[]>;
}

export function createDamage(): Damage {
  const found = new Map<string, { what: string; mend: () => Promise<string> }>();
  return {
    note: (path, what, mend) => void found.set(path, { what, mend }),
    found: () => [...found].map(([path, { what }]) => `${path}: ${what}`),
    mend: async () => {
      const told: string[] = [];
      for (const [path, { what, mend }] of found) told.push(`${path}: ${what}: ${await mend()}`);
      found.clear();
      return told;
    },
  };
}
