/**
 * Article bodies that a page carries inside its scripts: a string literal (often with `\u003C` escapes) whose value
 * is HTML with Chinese text. Only literals that are valid JSON strings are opened; nothing is evaluated.
 */
export function embeddedBodies(scripts: string[]): string[] {
  const bodies: string[] = [];
  for (const script of scripts) {
    for (const literal of longLiterals(script)) {
      const value = parse(literal);
      if (value !== null && /<(p|div|table|span|td)\b/i.test(value) && /\p{Script=Han}{4}/u.test(value))
        bodies.push(value);
    }
  }
  return bodies;
}

/** Double-quoted (or single-quoted) literals of at least 200 characters, quotes included. */
function longLiterals(script: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < script.length) {
    const quote = script[at];
    if (quote !== '"' && quote !== "'") {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < script.length && script[end] !== quote && script[end] !== '\n') end += script[end] === '\\' ? 2 : 1;
    if (script[end] === quote && end - at > 200) found.push(script.slice(at, end + 1));
    at = script[end] === quote ? end + 1 : at + 1;
  }
  return found;
}

function parse(literal: string): string | null {
  const json =
    literal[0] === '"'
      ? literal
      : `"${literal
          .slice(1, -1)
          .replace(/\\'/g, "'")
          .replace(/(^|[^\\])"/g, '$1\\"')}"`;
  // `\x3C` and `\/` are JavaScript, not JSON; control characters are not allowed in JSON strings.
  const repaired = json.replace(/\\x([0-9a-fA-F]{2})/g, '\\u00$1').replace(/[\u0000-\u001f]/g, ' ');
  try {
    return JSON.parse(repaired) as string;
  } catch {
    return null;
  }
}
