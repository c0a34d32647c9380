import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Global, Module, type Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from '../../src/infra/database/database-clock.js';
import { Boss } from '../../src/infra/jobs/boss.js';
import { newId } from '../../src/kernel/ids.js';
import { PlanningModule } from '../../src/planning/index.js';
import { PLATFORMS_DEFAULTS, type PlatformsConfig, PlatformsModule } from '../../src/platforms/index.js';
import { CLIPS, formOf, type RoomServer, startRooms } from './library.js';
import type { TestDatabase } from './postgres.js';

const roomsOf = ({ database, dataSource }: TestDatabase, platforms: PlatformsConfig): Type[] => {
  const parts = [
    { provide: DataSource, useValue: dataSource },
    { provide: DatabaseClock, useValue: new DatabaseClock(database) },
    { provide: Boss, useFactory: () => new Boss(dataSource, false) },
  ];
  @Global()
  @Module({
    imports: [PlatformsModule.forRoot(platforms)],
    providers: parts,
    exports: parts.map(({ provide }) => provide),
  })
  class TestJobsModule {}
  return [TestJobsModule, PlanningModule];
};

/** Everything up to planning, and rooms above it, behind real HTTP. Nothing is published: the process is an `api`. */
export const startPlanning = (
  above: readonly Type[] = [],
  platforms = PLATFORMS_DEFAULTS,
  env: Readonly<Record<string, string>> = {},
): Promise<RoomServer> => startRooms((db) => [...roomsOf(db, platforms), ...above], { ROLE: 'api', ...env });

/** Uploads a clip. @returns its id */
export const uploadClip = async (rooms: RoomServer, name = 'tea-in-a-minute.mp4', key = rooms.key): Promise<string> => {
  const { body } = await rooms.send('POST', '/v1/media', { raw: formOf(await readFile(join(CLIPS, name))), key });
  return body.id;
};

/** A connected account without a platform behind it. @returns its id */
export const addAccount = async (
  { db, workspaceId }: Pick<RoomServer, 'db' | 'workspaceId'>,
  platform: string,
  status = 'active',
): Promise<string> => {
  const [identityId, id] = [newId(), newId()];
  await db.database.affected(`insert into platform_identity (id, platform, external_id) values ($1, $2, $3)`, [
    identityId,
    platform,
    randomBytes(8).toString('hex'),
  ]);
  await db.database.affected(
    `insert into account (id, workspace_id, platform, identity_id, display_name, region, status, cred_enc, key_id)
     values ($1, $2, $3, $4, $5, 'us', $6, '\\x00', 'test')`,
    [id, workspaceId, platform, identityId, `${platform} account`, status],
  );
  return id;
};
