import type { Outcome } from './cells.ts';

/** Of cells, by what they became. */
export const outcomeColours: Record<Outcome, string> = {
  verified: '#dff3e2',
  contradicted: '#f9c6bf',
  unverified: '#fdf2c2',
  label: '#e4edfb',
  header: '#cddcf2',
  left: '#f6dcf4',
  ignored: '#f1f1f1',
};

/** How the page of `inspect` looks. Cells are told apart by colour and by a mark. */
export const style = `
:root { color-scheme: light; font: 14px/1.45 system-ui, sans-serif; color: #1d2430; background: #fff; }
body { margin: 0; padding: 1rem 27rem 6rem 1.5rem; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
a { color: inherit; text-decoration: none; } p { margin: .4rem 0; max-width: 60rem; overflow-wrap: anywhere; }
small { color: #667084; font-size: .78rem; }
dl { display: grid; grid-template-columns: fit-content(8rem) 1fr; gap: .1rem .8rem; margin: .3rem 0; }
dt { color: #667084; } dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-left: 1.2rem; } li a, dd a { text-decoration: underline; text-decoration-color: #9aa7bd; }
.block { display: grid; grid-template-columns: 2rem minmax(0, 1fr); margin: .25rem 0; } .number { color: #98a2b3; font-size: .75rem; padding-top: .15rem; }
.block p { margin: 0; } .block .scroll { margin: .2rem 0 .5rem; } .aside { opacity: .5; border-left: 3px solid #ccc; }
.scroll { overflow-x: auto; } .scroll > small { margin-right: .4rem; } .scroll > small + table { display: inline-table; vertical-align: middle; }
table { border-collapse: collapse; background: #fff; font-size: .88rem; }
td, .legend span, .value { border: 1px solid #b8c0cc; padding: .12rem .35rem; min-width: 1rem; vertical-align: middle; }
td { max-width: 16rem; overflow-wrap: anywhere; scroll-margin: 45vh 1rem; }
.verified, .contradicted, .unverified { overflow-wrap: break-word; }
td > a { display: block; min-height: 1.2em; } td > a, .print, h3 { white-space: pre-line; }
td.text { max-width: 50rem; }
${Object.entries(outcomeColours)
  .map(([outcome, colour]) => `.${outcome} { background: ${colour}; }`)
  .join(' ')}
.header { font-weight: 600; } .left { background-image: repeating-linear-gradient(135deg, #f3d0f0 0 6px, transparent 6px 12px); } .ignored { color: #6b6b6b; }
.verified > a::after, .contradicted > a::after, .unverified > a::after, .left > a::after { float: right; margin-left: .4em; font-size: .75em; color: #5b6472; }
.verified > a::after { content: '✓'; } .contradicted > a::after { content: '≠'; } .unverified > a::after { content: '?'; } .left > a::after { content: '!'; }
.equation { outline: 2px dashed #7a5bd0; outline-offset: -3px; }
td:target { outline: 3px solid #1f5fd0; outline-offset: -2px; }
.note { display: none; }
td:target > .note { display: block; position: fixed; z-index: 2; top: 0; right: 0; bottom: 0; width: 24rem; box-sizing: border-box; padding: 1rem;
  overflow: auto; background: #fff; color: #1d2430; border-left: 1px solid #b8c0cc; box-shadow: -4px 0 14px #0002; font-weight: 400; text-align: left; }
.note h3 { font-size: 1rem; margin: 0 1.5rem .4rem 0; } .note h4 { font-size: .85rem; margin: .9rem 0 .2rem; color: #667084; }
.close { position: absolute; top: .7rem; right: 1rem; font-size: 1.2rem; }
.sum { margin: .35rem 0; font-size: .85rem; } .fails { color: #b3261e; font-weight: 600; } .holds { color: #1c6b31; } .open { color: #667084; }
.sum a { text-decoration: underline; text-decoration-color: #b8c0cc; } .sum .none { color: #98a2b3; }
.error { color: #b3261e; } .warning { color: #8a5a00; } .info { color: #35506f; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; }
.hint { position: fixed; right: 1.5rem; top: 1rem; width: 22rem; color: #667084; }
.page { display: grid; grid-template-columns: minmax(16rem, 2fr) 3fr; gap: 1.2rem; border-top: 2px solid #dde2ea; padding-top: .6rem; margin-top: 1rem; }
.page figure { margin: 0; position: sticky; top: .5rem; align-self: start; } .page img, .block img { width: 100%; max-width: 60rem; border: 1px solid #b8c0cc; }
.page > div { min-width: 0; } figcaption { color: #667084; font-size: .78rem; }
@media (max-width: 70rem) { body { padding-right: 1.5rem; } .hint { position: static; } .page { grid-template-columns: 1fr; } .page figure { position: static; } }
`;
