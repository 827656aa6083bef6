/** A document that no reader can turn into a `Doc`; `code` becomes the finding. */
export class Unreadable extends Error {
  readonly code: 'unreadable' | 'encrypted' | 'too_large' | 'needs_ocr';

  constructor(code: Unreadable['code'], message: string) {
    super(message);
    this.name = 'Unreadable';
    this.code = code;
  }
}
