import { Injectable } from '@nestjs/common';
import type { ImportRow, ImportVerdict } from '../../domain/lists/subscriber-import.js';
import { type ImportName, SubscriberImports } from '../../domain/lists/subscriber-imports.port.js';

const PAGE = 1_000;
const TROUBLED: readonly ImportVerdict[] = ['bad', 'duplicate', 'suppressed', 'limited', 'exists'];
const ERROR_COLUMNS = ['row', 'verdict', 'problemColumns', 'problemCodes', 'problems'];

const WHY: Readonly<Partial<Record<ImportVerdict, string>>> = {
  duplicate: 'An earlier row has the same address.',
  suppressed: 'This address must not be written to: its owner left or complained, or mail to it failed.',
  limited: 'This address got three confirm mails within a week.',
  exists: 'Was on the list already.',
};

/** The rows of an import that nobody joined by. */
export interface ImportErrorFile {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly string[]>;
}

/**
 * Gives a file back to be repaired: bad rows in their own columns with what is wrong. Of rows that could be read only
 * the number is known, so that no second copy of people's data lies about.
 */
@Injectable()
export class ReadImportErrors {
  constructor(private readonly imports: SubscriberImports) {}

  /** @throws DomainError `subscriber_import.not_found` */
  async open(name: ImportName): Promise<ImportErrorFile> {
    const { facts } = await this.imports.get(name);
    const own = (facts?.header ?? []).map((header, place) => ({ header, place }));
    const kept = own.filter(({ header }) => !ERROR_COLUMNS.includes(header));
    const header = [...kept.map((column) => column.header), ...ERROR_COLUMNS];
    return {
      header,
      rows: this.rows(
        name,
        kept.map(({ place }) => place),
      ),
    };
  }

  private async *rows(name: ImportName, places: readonly number[]): AsyncIterable<readonly string[]> {
    for (let after = 0; ;) {
      const page = await this.imports.rows(name, { verdicts: TROUBLED, after, limit: PAGE });
      for (const row of page) yield [...places.map((place) => row.cells?.[place] ?? ''), ...explained(row)];
      if (page.length < PAGE) return;
      after = page.at(-1)?.row ?? after;
    }
  }
}

const explained = ({ row, verdict, problems = [] }: Pick<ImportRow, 'row' | 'verdict' | 'problems'>): string[] => {
  const columns = problems.flatMap(({ column }) => (column === undefined ? [] : [column]));
  return [
    String(row),
    verdict,
    [...new Set(columns)].join(', '),
    [...new Set(problems.map(({ code }) => code))].join(', '),
    [...(WHY[verdict] === undefined ? [] : [WHY[verdict]]), ...problems.map(({ message }) => message)].join(' '),
  ];
};
