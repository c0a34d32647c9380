// The yardstick of bench:api: Nest, a validation pipe and TypeORM, one transaction, the rows of a post with its targets.
// No keys, limits, idempotency, documents or logs. Decorators are called as functions: Node strips types, not syntax.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Type } from 'class-transformer';
import { IsArray, IsISO8601, IsString, IsUUID, ValidateNested } from 'class-validator';
import { DataSource, EntitySchema } from 'typeorm';

type Column = 'uuid' | 'text' | 'int' | 'timestamptz' | 'timestamp' | 'jsonb' | 'bytea' | 'smallint';

const table = (name: string, keys: readonly string[], columns: Readonly<Record<string, Column>>): EntitySchema =>
  new EntitySchema({
    name,
    tableName: name,
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, type]) => [
        column,
        { type, primary: keys.includes(column), nullable: true },
      ]),
    ),
  });

const own: Readonly<Record<string, Column>> = { id: 'uuid', workspace_id: 'uuid' };
const ENTITIES = [
  table('post', ['id'], { ...own, kind: 'text', caption: 'text' }),
  table('post_media', ['post_id', 'position'], {
    post_id: 'uuid',
    workspace_id: 'uuid',
    position: 'smallint',
    media_id: 'uuid',
  }),
  table('occurrence', ['id'], { ...own, post_id: 'uuid', number: 'int', planned_at: 'timestamptz', source: 'text' }),
  table('target', ['id'], {
    ...own,
    ...{ post_id: 'uuid', occurrence_id: 'uuid', account_id: 'uuid', platform: 'text', role: 'text', root_id: 'uuid' },
    ...{ status: 'text', scheduled_at: 'timestamptz', due_at: 'timestamptz', local_time: 'timestamp', zone: 'text' },
    ...{ stale_at: 'timestamptz', content: 'jsonb', content_hash: 'bytea', media_id: 'uuid' },
  }),
  table('target_event', ['target_id', 'seq'], {
    ...{ target_id: 'uuid', seq: 'int', workspace_id: 'uuid', to_status: 'text', cause: 'text', actor: 'text' },
  }),
  new EntitySchema({
    name: 'event',
    tableName: 'event',
    columns: {
      id: { type: 'bigint', primary: true, generated: 'increment' },
      workspace_id: { type: 'uuid' },
      type: { type: 'text' },
      subject_id: { type: 'text' },
      payload: { type: 'jsonb' },
    },
  }),
];

class TargetDto {
  accountId!: string;
}
IsUUID()(TargetDto.prototype, 'accountId');

class CreateDto {
  caption!: string;
  mediaIds!: string[];
  scheduledAt!: string;
  targets!: TargetDto[];
}
IsString()(CreateDto.prototype, 'caption');
IsUUID('all', { each: true })(CreateDto.prototype, 'mediaIds');
IsISO8601()(CreateDto.prototype, 'scheduledAt');
IsArray()(CreateDto.prototype, 'targets');
ValidateNested({ each: true })(CreateDto.prototype, 'targets');
Type(() => TargetDto)(CreateDto.prototype, 'targets');

const source = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? '',
  entities: ENTITIES,
  extra: { max: Number(process.env['DATABASE_POOL_SIZE'] ?? 20) },
});
const workspaceId = process.env['WORKSPACE_ID'] ?? '';

/** One target as a row; the media's name stands for its whole description. */
const targetRow = (body: CreateDto, accountId: string, ids: { postId: string; occurrenceId: string }) => {
  const [id, at, mediaId] = [randomUUID(), new Date(body.scheduledAt), body.mediaIds[0]];
  return {
    ...{ id, workspace_id: workspaceId, post_id: ids.postId, occurrence_id: ids.occurrenceId, account_id: accountId },
    ...{ platform: 'tiktok', role: 'origin', root_id: id, status: 'scheduled', media_id: mediaId, zone: 'UTC' },
    ...{ scheduled_at: at, due_at: at, local_time: at, stale_at: new Date(at.getTime() + 1e8) },
    content: { caption: body.caption, tags: [], options: {}, media: { id: mediaId, sha256: 'x'.repeat(64), bytes: 1 } },
    content_hash: Buffer.alloc(32),
  };
};

class PostsController {
  create(body: CreateDto): Promise<object> {
    const [id, occurrenceId] = [randomUUID(), randomUUID()];
    const targets = body.targets.map(({ accountId }) => targetRow(body, accountId, { postId: id, occurrenceId }));
    const shared = { workspace_id: workspaceId, post_id: id };
    const history = { workspace_id: workspaceId, seq: 1, to_status: 'scheduled', cause: 'scheduled', actor: 'bench' };
    const told = { workspace_id: workspaceId, type: 'post.scheduled', payload: { postId: id, status: 'scheduled' } };
    return source.transaction(async (tx) => {
      await tx.insert('post', { id, workspace_id: workspaceId, kind: 'one_shot', caption: body.caption });
      await tx.insert('post_media', { ...shared, position: 0, media_id: body.mediaIds[0] });
      const planned = { number: 1, planned_at: new Date(body.scheduledAt), source: 'api' };
      await tx.insert('occurrence', { id: occurrenceId, ...shared, ...planned });
      await tx.insert('target', targets);
      const histories = targets.map((target) => ({ target_id: target.id, ...history }));
      await tx.insert('target_event', histories);
      const events = targets.map((target) => ({ ...told, subject_id: target.id }));
      await tx.insert('event', events);
      return { id, caption: body.caption, targets };
    });
  }
}
Controller('v1/posts')(PostsController);
const create = Object.getOwnPropertyDescriptor(PostsController.prototype, 'create') as PropertyDescriptor;
Post()(PostsController.prototype, 'create', create);
Reflect.defineMetadata('design:paramtypes', [CreateDto], PostsController.prototype, 'create');
Body()(PostsController.prototype, 'create', 0);

class BareModule {}
Module({ controllers: [PostsController] })(BareModule);

await source.initialize();
const app = await NestFactory.create(BareModule, { logger: false });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
await app.listen(0, '127.0.0.1');
process.stdout.write(`ready at ${await app.getUrl()}\n`);
process.once(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => source.destroy())
      .then(() => process.exit(0)),
);
