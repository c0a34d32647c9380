import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The name of a workspace's public status page in addresses, and the colour it wears; without a name there is none. */
export class AddStatusPages1795200000068 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table workspace
  add column status_slug text check (status_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(status_slug) between 3 and 40),
  add column brand_color text check (brand_color ~ '^#[0-9a-f]{6}$');
create unique index workspace_status_slug on workspace (status_slug) where status_slug is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index workspace_status_slug;
alter table workspace drop column brand_color, drop column status_slug;
    `);
  }
}
