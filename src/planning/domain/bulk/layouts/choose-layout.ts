import { DomainError } from '../../../../kernel/domain-error.js';
import { BUFFER } from './buffer.layout.js';
import type { Layout, LayoutName } from './layout.js';
import { MEETEDGAR } from './meetedgar.layout.js';
import { METRICOOL } from './metricool.layout.js';
import { PERENNIAL } from './perennial.layout.js';
import { PUBLER } from './publer.layout.js';
import { type HeaderIndex, indexHeader, plainHeader } from './row-reader.js';
import { SOCIALBEE } from './socialbee.layout.js';
import { ZERNIO } from './zernio.layout.js';

/** The pickiest first. */
const LAYOUTS: readonly Layout[] = [METRICOOL, ZERNIO, PUBLER, SOCIALBEE, BUFFER, MEETEDGAR, PERENNIAL];

/** A layout on the header of one file. */
export interface ChosenLayout {
  readonly layout: Layout;
  readonly header: HeaderIndex;
  /** Columns that nobody reads, as the file writes them. */
  readonly ignoredColumns: readonly string[];
}

/**
 * The layout that was asked for, else the one whose columns these are.
 * @throws DomainError `csv.unknown_layout`, `csv.missing_columns`
 */
export const chooseLayout = (header: readonly string[], asked?: LayoutName): ChosenLayout => {
  const index = indexHeader(header);
  const layout = LAYOUTS.find(({ name, marks }) => (asked === undefined ? hasAll(index, marks) : name === asked));
  if (!layout) throw unknownLayout(header);
  const missing = layout.marks.filter((mark) => !has(index, mark));
  if (missing.length > 0) throw missingColumns(layout.name, missing);
  const ignored = header.filter((name) => name.trim() !== '' && !layout.reads(plainHeader(name)));
  return { layout, header: index, ignoredColumns: ignored };
};

/** `a|b`: either of them. */
const has = (index: HeaderIndex, mark: string): boolean => mark.split('|').some((name) => index.has(name));
const hasAll = (index: HeaderIndex, marks: readonly string[]): boolean => marks.every((mark) => has(index, mark));

const unknownLayout = (header: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'csv.unknown_layout',
    'The first row names the columns of no layout we know. Name at least "caption" and "mediaId" or "mediaUrl", or say which product wrote the file with ?layout=.',
    { header: header.slice(0, 50).map((name) => name.slice(0, 100)) },
  );

const missingColumns = (layout: LayoutName, missing: readonly string[]): DomainError =>
  new DomainError(
    'invalid',
    'csv.missing_columns',
    `A file of the layout ${layout} needs the columns ${missing.map((mark) => mark.split('|')[0]).join(', ')}. Add them, or leave ?layout= out.`,
    { layout, missing },
  );
