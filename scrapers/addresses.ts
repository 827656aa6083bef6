import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** A public name led to an address that is not public, or an address is not to be fetched at all. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Addresses that are not on the public internet: RFC 6890 and its successors. IPv4 rules also cover IPv4-mapped IPv6. */
const reserved = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  reserved.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 32],
  ['2001:2::', 48],
  ['2001:10::', 28],
  ['2001:20::', 28],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  reserved.addSubnet(net, bits, 'ipv6');

export function isPublic(address: string): boolean {
  const version = isIP(address);
  // IPv4 in the clothes of IPv6 is never on the wire; who writes an address so wants to get past a look at it.
  if (version === 6 && MAPPED.test(new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname)) return false;
  return version !== 0 && !reserved.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

const MAPPED = /^\[::ffff:/;

/** As `isIP` and look-ups take it: literal addresses of IPv6 without their brackets. */
export const plainHost = ({ hostname }: { hostname: string }): string => hostname.replace(/^\[|\]$/g, '');

/** Why `url` must not be fetched, or null. Looks at the text alone. */
export function refusal(url: string): string | null {
  if (!URL.canParse(url)) return 'not an absolute url';
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return `scheme ${protocol} is not http or https`;
  if (username || password) return 'the url holds a user name or password';
  return hostname ? null : 'no host';
}

/** Where `connect` sends `hostname`: an exact name before `*.suffix`, the longest suffix first; null where it says nothing. */
export function mapped(hostname: string, connect: Record<string, string>): { hostname: string; port: string } | null {
  const suffix = Object.keys(connect)
    .filter((key) => key.startsWith('*.') && hostname.endsWith(key.slice(1)))
    .sort((a, b) => b.length - a.length)[0];
  const target = connect[hostname] ?? (suffix === undefined ? undefined : connect[suffix]);
  if (target === undefined) return null;
  const url = new URL(`http://${target}`);
  return { hostname: plainHost(url), port: url.port || '80' };
}

/**
 * For the socket itself, so that a name which resolves differently a moment later gains nothing: the addresses
 * that are checked are the addresses that are connected to.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const inside = addresses.find(({ address }) => !isPublic(address));
    const [first] = addresses;
    if (inside || !first)
      return callback(new Refused(`${hostname} leads to ${inside?.address ?? 'no address'}`), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
