/**
 * Firewalls in front of portals, whatever system is behind them, by what only the script of their challenge holds: it
 * sets a cookie and comes again. A challenge is recorded and never answered.
 */
export const walls: readonly { name: string; script: RegExp }[] = [
  { name: 'Jiasule', script: /__jsl_clearance/i },
  { name: 'Aliyun', script: /acw_sc__v\d/i },
  { name: 'River Security', script: /\$_ts\s*=/i },
  { name: 'JSVMP', script: /_\$jsvmprt/i },
  { name: 'Cloudflare', script: /cf[-_]chl|_cf_chl_opt/i },
  { name: 'WZWS', script: /window\.WZWS|wzwschallenge/i },
  { name: 'of no known maker', script: /document\.cookie\s*=[^=][\s\S]{0,2000}(?:location|reload)/i },
];
