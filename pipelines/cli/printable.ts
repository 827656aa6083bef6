/**
 * Text of portals and documents as a terminal may show it: what would move its cursor, colour it, set its title or turn
 * round what follows (control characters but the line end, marks of direction) is a blank.
 */
export const printable = (text: string): string => text.replace(/(?!\n)\p{Cc}+|[\u202a-\u202e\u2066-\u2069]/gu, ' ');
