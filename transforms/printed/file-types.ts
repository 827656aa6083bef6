/** How the names of documents and pictures end that organs publish; what a file really is, its content says. */
const DOCUMENTS = 'pdf|docx?|xlsx?|wps|et|rtf|mht(?:ml)?|ofd|ceb|txt|zip|rar';
const PICTURES = 'png|jpe?g|tiff?';
const PAGES = 's?html?';

/** A style that a store of pictures applies stands behind an exclamation mark: `.jpg!w800`. */
const address = (types: string) => new RegExp(`\\.(?:${types})\\s*(?:[?#]|!\\w+$|$)`, 'i');
const FILE_ADDRESS = address(`${DOCUMENTS}|${PICTURES}`);
const PICTURE_ADDRESS = address(PICTURES);
const ENDING = new RegExp(`\\.(?:${DOCUMENTS}|${PICTURES}|${PAGES})$`, 'i');

/** Whether an address leads, by its name, to a document or picture and not to a page. */
export const isFileAddress = (address: string): boolean => FILE_ADDRESS.test(address);

export const isPictureAddress = (address: string): boolean => PICTURE_ADDRESS.test(address);

/** A title or name without the type of file it ends in. */
export const withoutFileType = (name: string): string => name.replace(ENDING, '');
