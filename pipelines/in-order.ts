/**
 * Works on several items at once and gives the results in the order of the items. At most `ahead` items are taken
 * before the first result is given back, so that what is waiting stays small however many items there are.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<[T, R]> {
  const waiting: { item: T; result: Promise<R> }[] = [];
  for await (const item of items) {
    const result = work(item);
    // Told when its turn comes; until then a rejection is not an unhandled one.
    result.catch(() => undefined);
    waiting.push({ item, result });
    if (waiting.length < ahead) continue;
    const first = waiting.shift();
    if (first) yield [first.item, await first.result];
  }
  for (const { item, result } of waiting) yield [item, await result];
}
