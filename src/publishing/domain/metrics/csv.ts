/** What a spreadsheet would take for a formula or a separator at the start of a cell. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell: quoted where needed, and never a formula (a leading apostrophe makes it text). */
export const csvCell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** RFC 4180, with a header. @param rows every one with the same keys as the header */
export const toCsv = (
  header: readonly string[],
  rows: readonly Readonly<Record<string, string | number | null>>[],
): string => [header, ...rows.map((row) => header.map((name) => row[name] ?? null))].map(csvLine).join('');

const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;
