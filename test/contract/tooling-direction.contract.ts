import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = process.cwd();

/** A small healthy tree: two rooms, each with its layers. */
const HEALTHY = {
  'src/kernel/ids.ts': 'export const id = 1;',
  'src/infra/database/database.ts': "import { id } from '../../kernel/ids.js';\nexport const database = id;",
  'src/library/domain/post.ts': "import { id } from '../../kernel/ids.js';\nexport const post = id;",
  'src/library/application/create-post.ts':
    "import { post } from '../domain/post.js';\nexport const createPost = post;",
  'src/library/infrastructure/post.repository.ts':
    "import { database } from '../../infra/database/database.js';\nexport const posts = database;",
  'src/library/index.ts': "export { createPost } from './application/create-post.js';",
  'src/publishing/domain/target.ts':
    "import { post } from '../../library/domain/post.js';\nexport const target = post;",
  'src/publishing/application/publish.ts':
    "import { createPost } from '../../library/index.js';\nexport const p = createPost;",
  'src/publishing/index.ts': "export { p } from './application/publish.js';",
};

let tree: string;

const plant = async (files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), `${text}\n`);
  }
};

/** Names of the rules that the planted tree breaks. */
const brokenRules = async (): Promise<string[]> => {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(ROOT, '.config/dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', 'src'];
  const json = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout));
  });
  const violations: { rule: { name: string } }[] = JSON.parse(json).summary.violations;
  return [...new Set(violations.map(({ rule }) => rule.name))].sort();
};

beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'perennial-direction-'));
  await cp(join(ROOT, 'tsconfig.json'), join(tree, 'tsconfig.json'));
  await cp(join(ROOT, 'package.json'), join(tree, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  await plant(HEALTHY);
});

afterEach(() => rm(tree, { recursive: true, force: true }));

describe('deps:check', () => {
  it('passes a tree that keeps the rules', async () => {
    expect(await brokenRules()).toEqual([]);
  });

  it.each([
    [
      'a room that imports uphill',
      'library-imports-only-downhill',
      { 'src/library/application/leak.ts': "import { p } from '../../publishing/index.js';\nexport const q = p;" },
    ],
    [
      'an uphill import of a type',
      'library-imports-only-downhill',
      {
        'src/library/domain/leak.ts':
          "import type { target } from '../../publishing/domain/target.js';\nexport type T = typeof target;",
      },
    ],
    [
      'a room that imports its own index',
      'no-own-index',
      { 'src/library/http/leak.ts': "import { createPost } from '../index.js';\nexport const q = createPost;" },
    ],
    [
      'a domain that imports a framework',
      'domain-imports-pure-packages',
      { 'src/library/domain/leak.ts': "import { Injectable } from '@nestjs/common';\nexport const q = Injectable;" },
    ],
    [
      'a domain that opens files',
      'domain-does-no-io',
      { 'src/library/domain/leak.ts': "import { readFileSync } from 'node:fs';\nexport const q = readFileSync;" },
    ],
    [
      'a domain that imports its own infrastructure',
      'domain-is-pure',
      {
        'src/library/domain/leak.ts':
          "import { posts } from '../infrastructure/post.repository.js';\nexport const q = posts;",
      },
    ],
    [
      'a room entered by neither door',
      'rooms-through-two-doors',
      {
        'src/publishing/http/leak.ts':
          "import { createPost } from '../../library/application/create-post.js';\nexport const q = createPost;",
      },
    ],
    [
      'a use case that imports an adapter',
      'application-below-edges',
      {
        'src/library/application/leak.ts':
          "import { posts } from '../infrastructure/post.repository.js';\nexport const q = posts;",
      },
    ],
    [
      'infrastructure used outside the edges',
      'infra-from-the-edges',
      {
        'src/library/leak.ts': "import { database } from '../infra/database/database.js';\nexport const q = database;",
      },
    ],
    [
      'anybody who imports the sandbox',
      'sandbox-is-reached-by-url',
      {
        'src/sandbox/main.ts': 'export const sandbox = 1;',
        'src/library/http/leak.ts': "import { sandbox } from '../../sandbox/main.js';\nexport const q = sandbox;",
      },
    ],
    [
      'a folder that has no rank',
      'rooms-are-ranked',
      { 'src/helpers/leak.ts': "import { id } from '../kernel/ids.js';\nexport const q = id;" },
    ],
    [
      'two files that import each other',
      'no-circular',
      {
        'src/library/application/a.ts': "import { b } from './b.js';\nexport const a = (): unknown => b;",
        'src/library/application/b.ts': "import { a } from './a.js';\nexport const b = (): unknown => a;",
      },
    ],
  ])('fails on %s', async (_what, rule, files) => {
    await plant(files);

    expect(await brokenRules()).toContain(rule);
  });
});
