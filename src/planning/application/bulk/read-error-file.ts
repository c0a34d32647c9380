import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { ERROR_COLUMNS } from '../../domain/bulk/layouts/perennial.layout.js';
import type { PostImportId } from '../../domain/bulk/post-import.js';
import { PostImports, type TroubledRow } from '../../domain/bulk/post-imports.port.js';
import { PostImportDesk } from './post-import-desk.js';

const PAGE = 500;

/** The rows of an import that became no post, as they were, with what is wrong beside them. */
export interface ErrorFile {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly string[]>;
}

/** Gives a file back to be repaired: only its troubled rows, in its own columns. */
@Injectable()
export class ReadErrorFile {
  constructor(
    private readonly desk: PostImportDesk,
    private readonly imports: PostImports,
  ) {}

  /** @throws DomainError `post_import.not_found` */
  async open(workspaceId: WorkspaceId, id: PostImportId): Promise<ErrorFile> {
    const { facts } = await this.desk.get(workspaceId, id);
    const own = facts.header.filter((name) => !ERROR_COLUMNS.includes(name as (typeof ERROR_COLUMNS)[number]));
    const places = own.map((name) => facts.header.indexOf(name));
    return { header: [...own, ...ERROR_COLUMNS], rows: this.rows(id, places) };
  }

  private async *rows(id: PostImportId, places: readonly number[]): AsyncIterable<readonly string[]> {
    for (let after = 0; ;) {
      const page = await this.imports.troubled(id, after, PAGE);
      for (const row of page) yield [...places.map((place) => row.cells[place] ?? ''), ...explained(row)];
      if (page.length < PAGE) return;
      after = page.at(-1)?.row ?? after;
    }
  }
}

const explained = ({ row, problems }: TroubledRow): string[] => {
  const columns = problems.flatMap(({ column }) => (column === undefined ? [] : [column]));
  return [
    String(row),
    [...new Set(columns)].join(', '),
    [...new Set(problems.map(({ code }) => code))].join(', '),
    problems.map(({ message }) => message).join(' '),
  ];
};
