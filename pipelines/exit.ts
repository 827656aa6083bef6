/** Exit statuses, of every command; a monitor goes by them. Ended by a signal: 128 and its number. */
export const DONE = 0;
/** It did its work, and something in it needs a person: `nightly`, a problem that nobody has acknowledged. */
export const NEEDS_PERSON = 1;
/** It cannot be carried out as it was given; nothing was asked of any portal. */
export const WRONG_USAGE = 2;
/** It broke down on the way. */
export const FAILED = 3;
