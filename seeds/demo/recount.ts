// Counts again from an evidence folder alone: node seeds/demo/recount.ts DIR
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, isSound, type RecipientRow, type TargetRow, type TruthRow } from './count.ts';

const [dir] = process.argv.slice(2);
if (!dir) {
  process.stderr.write('Say which folder: node seeds/demo/recount.ts DIR\n');
  process.exit(2);
}
const read = <T>(name: string): T[] => JSON.parse(readFileSync(join(dir, name), 'utf8')) as T[];
const truth = readdirSync(dir)
  .filter((name) => name.startsWith('truth-'))
  .flatMap((name) => read<TruthRow>(name));
const counts = count(truth, read<TargetRow>('targets.json'), read<RecipientRow>('recipients.json'));
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exit(isSound(counts) ? 0 : 1);
