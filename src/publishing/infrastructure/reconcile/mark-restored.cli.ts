// After a restore that nobody can notice (S3, a whole DATA_DIR): node dist/publishing/infrastructure/reconcile/mark-restored.cli.js [--json]
import { loadEnv } from '../../../infra/config/env.schema.js';
import { Database } from '../../../infra/database/database.js';
import { withDataSource } from '../../../infra/database/with-data-source.js';
import { InstanceRecordRepository } from './instance-record.repository.js';

const main = async (isJson: boolean): Promise<void> => {
  const { epoch } = await withDataSource(loadEnv(), async (source) => {
    const record = new InstanceRecordRepository(new Database(source));
    return record.markRestored((await record.read()).epoch);
  });
  const sentence = 'Marked as restored: everything that was due until now is looked for before it is sent.';
  process.stdout.write(`${isJson ? JSON.stringify({ epoch }) : sentence}\n`);
};

main(process.argv.includes('--json')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
