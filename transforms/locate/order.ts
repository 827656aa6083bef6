/**
 * Of places in printed order, those that the others contradict: all that are not in every longest selection that rises. Of
 * two neighbours that changed places nothing tells which one moved, and both are named; of one moved far, that one.
 */
export function outOfOrder(places: number[]): boolean[] {
  if (places.every((place, i) => i === 0 || place >= places[i - 1]!)) return places.map(() => false);
  const upTo = longest(places);
  const from = longest(places.map((p) => -p).toReversed()).toReversed();
  const most = Math.max(0, ...upTo);
  const on = places.map((_, i) => upTo[i]! + from[i]! - 1 === most);
  return places.map((_, i) => !on[i] || places.some((_, k) => k !== i && on[k] && upTo[k] === upTo[i]));
}

/** Length of the longest rising selection that ends with each place. */
function longest(places: number[]): number[] {
  const lengths: number[] = [];
  for (const [i, place] of places.entries()) {
    let before = 0;
    for (let k = 0; k < i; k++) if (places[k]! <= place) before = Math.max(before, lengths[k]!);
    lengths.push(before + 1);
  }
  return lengths;
}
