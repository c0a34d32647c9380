/** What a spreadsheet takes for the start of a formula: also tab, carriage return and the wide forms. */
const START = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A cell that no spreadsheet runs: an apostrophe stands before what would start a formula. Undone by `restored`,
 * whatever the text. Source: OWASP, CSV Injection (owasp.org/www-community/attacks/CSV_Injection), read 2026-11-21.
 */
export const neutralised = (text: string): string => (START.test(text) ? `'${text}` : text);

/** The text that `neutralised` was given. */
export const restored = (cell: string): string => (cell.startsWith("'") && START.test(cell) ? cell.slice(1) : cell);

/** `=SUM(A1)`, `+cmd|' /C calc'!A0`: what a spreadsheet would run; a caption that begins with `@` or `-` is none. */
const FORMULA = /^[=+\-@]\s*(?:[A-Za-z_][\w.]*\s*\(|[^\n]*\|[^\n]*!|\$?[A-Za-z]{1,3}\$?\d+\b)/;
/** What a spreadsheet writes where a formula failed. */
const FAILED = /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NUM!|NULL!|SPILL!|CALC!)$/;

/** Why the cell is no text of a person; undefined when it may be one. */
export const formulaIn = (cell: string): 'formula' | 'failed' | undefined => {
  if (FAILED.test(cell.trim())) return 'failed';
  return FORMULA.test(cell) || (cell.startsWith('=') && cell.length > 1 && !/^=+\s*$/.test(cell))
    ? 'formula'
    : undefined;
};
