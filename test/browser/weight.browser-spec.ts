import { expect } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { MOST_FIRST_BYTES, sumOf, weighFiles } from '../../seeds/support/web-weight.js';
import { stories } from './support/story.js';
import { settled } from './support/settled.js';

const PART = /m_[0-9a-f]{6,8}\b/g;
const ASSETS = 'dist/web/assets';

stories('the weight of the dashboard', (story) => {
  story('is at most 250 kB gzipped until its first page stands', async ({ openStudio, visit }) => {
    const { page, context } = await visit({ as: await openStudio('Light') });
    const weigh = weighFiles(context);
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await settled(page);
    const weights = await weigh();
    expect(weights.size).toBeGreaterThan(3);
    expect(sumOf(weights)).toBeLessThanOrEqual(MOST_FIRST_BYTES);
  });

  story('has not been lessened by styles that some page needs', async () => {
    const whole = await readFile(createRequire(import.meta.url).resolve('@mantine/core/styles.css'), 'utf8');
    const names = await readdir(ASSETS);
    const texts = async (end: string) =>
      (
        await Promise.all(
          names.filter((name) => name.endsWith(end)).map((name) => readFile(`${ASSETS}/${name}`, 'utf8')),
        )
      ).join('');
    const [scripts, styles] = await Promise.all([texts('.js'), texts('.css')]);
    const styled = new Set(whole.match(PART));
    const kept = new Set(styles.match(PART));
    const needed = [...new Set(scripts.match(PART))].filter((part) => styled.has(part));
    expect(needed.length).toBeGreaterThan(50);
    expect(needed.filter((part) => !kept.has(part))).toEqual([]);
  });
});
