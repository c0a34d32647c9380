import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from '../../../../infra/database/database.js';
import { StageRefused } from '../../../domain/drills/drill-stage.port.js';

/** Of our database's name in a stage's; with hash, mark and random part 60 of PostgreSQL's 63. */
const OWN_LETTERS = 32;
const PERMISSION_DENIED = '42501';

/** An empty database beside ours, for as long as a drill lasts. */
export interface StageDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes and drops databases on our own server; never touches one without the mark of a drill of ours in its name. */
@Injectable()
export class StageDatabases {
  constructor(
    private readonly database: Database,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws StageRefused when our user may not create databases */
  async create(): Promise<StageDatabase> {
    const name = `${await this.prefix()}${randomBytes(6).toString('hex')}`;
    await this.database.rows(`create database ${quoted(name)}`).catch((error: unknown) => {
      throw (error as { driverError?: { code?: string } }).driverError?.code === PERMISSION_DENIED
        ? mayNotCreate()
        : error;
    });
    const { url = '' } = this.dataSource.options as { url?: string };
    const own = new URL(url);
    own.pathname = `/${name}`;
    return { url: own.href, drop: () => this.drop(name) };
  }

  /** Drops what killed processes left. The caller holds the lock of sandbox drills, so none of them is in use. */
  async sweep(): Promise<void> {
    const left = await this.database.rows<{ name: string }>(
      `select datname as name from pg_database where starts_with(datname, $1)`,
      [await this.prefix()],
    );
    for (const { name } of left) await this.drop(name);
  }

  private async drop(name: string): Promise<void> {
    await this.database.rows(`drop database if exists ${quoted(name)} with (force)`);
  }

  private async prefix(): Promise<string> {
    const row = await this.database.row<{ name: string }>('select current_database() as name');
    const name = row?.name ?? '';
    // PostgreSQL cuts long names silently: the hash keeps those of two installations apart.
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
    return `${name.slice(0, OWN_LETTERS)}_${hash}_drill_`;
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const mayNotCreate = (): StageRefused =>
  new StageRefused({
    code: 'drill.no_database',
    text: 'A sandbox drill needs a database of its own for a few minutes, and our database user may not create one. Grant it CREATEDB, or ask for kind dry_run.',
  });
