/** The parser of css-tree alone: the tables of the rest take twice as long to load. */
declare module 'css-tree/parser' {
  export { parse as default } from 'css-tree';
}
