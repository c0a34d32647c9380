// Writes the OpenAPI document of every route: node dist/write-openapi.js FILE
import { writeFile } from 'node:fs/promises';
import { loadEnv } from './infra/config/env.schema.js';
import { createApiDocument } from './infra/http/api-docs.js';
import { startApp } from './start-app.js';

const [file = 'openapi.json'] = process.argv.slice(2);
const app = await startApp({ ...loadEnv(), ROLE: 'api', PORT: 0 });
await writeFile(file, `${JSON.stringify(createApiDocument(app.nest), null, 2)}\n`);
await app.close();
process.stdout.write(`Wrote ${file}\n`);
