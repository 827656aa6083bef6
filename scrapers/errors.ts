/** No browser was found on this machine, or none of those found starts. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
  /** Every path that was tried. */
  readonly tried: string[];
  readonly reason: string;
  constructor(tried: string[], reason: string) {
    super(`${reason}; tried ${tried.join(', ')}`);
    this.tried = tried;
    this.reason = reason;
  }
}

/** What a portal sent is not what is read there: a fault of the page, told in one line, and no defect of ours. */
export class UnexpectedPage extends Error {
  override name = 'UnexpectedPage';
}
