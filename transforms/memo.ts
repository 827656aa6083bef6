/** Answers kept by text; the cells of all reports are few strings printed often. A full memo starts afresh. */
const MOST = 20_000;
/** Longer texts (prose) seldom come again, and would fill the memory. */
const LONGEST = 400;

/**
 * A pure function that keeps its answers: by text up to a bound, by object (a line or grid of the form) as long as the
 * object lives. No other cache stands at the top of a module here, so none grows without bound or keeps what may differ.
 */
export function memo<K extends string | object, T extends NonNullable<unknown> | null>(
  make: (key: K) => T,
): (key: K) => T {
  const byText = new Map<string, T>();
  const byObject = new WeakMap<object, T>();
  return (key) => {
    if (typeof key === 'object') {
      const known = byObject.get(key);
      if (known !== undefined) return known;
      const made = make(key);
      byObject.set(key, made);
      return made;
    }
    if (key.length > LONGEST) return make(key);
    const known = byText.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (byText.size >= MOST) byText.clear();
    byText.set(key, made);
    return made;
  };
}

/** A constant that costs too much to make before it is needed. `forget` drops it: the next call makes a new one. */
export function once<T extends NonNullable<unknown>>(make: () => T): (() => T) & { forget(): void } {
  let made: T | null = null;
  return Object.assign(() => (made ??= make()), {
    forget: () => {
      made = null;
    },
  });
}

/** The one string that stands for all equal ones: memos find it without reading its characters, which a cell is asked for some ten times. */
export const same = memo((text: string): string => text);
