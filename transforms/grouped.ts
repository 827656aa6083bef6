/** Items under each of their keys, keys and items in the order they first come; no item twice under one key. */
export function groupedBy<T, K>(items: Iterable<T>, keysOf: (item: T) => K[]): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  return groups;
}
