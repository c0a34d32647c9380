// Fills a running app from the running sandbox: node seeds/demo/fill.ts API_URL API_KEY SANDBOX_CONTROL_URL
import { apiClient, sandboxClient } from './clients.ts';
import { schedule, seed } from './seed.ts';

const [url, key, controlUrl] = process.argv.slice(2);
if (!url || !key || !controlUrl) {
  process.stderr.write('npm run seed:demo -- http://127.0.0.1:3000 prn_live_… SANDBOX_CONTROL_URL\n');
  process.exit(2);
}
const api = apiClient(url, key);
const seeded = await seed(api, sandboxClient(controlUrl));
const targets = await schedule(api, seeded, Date.now() + 2_000);
process.stdout.write(
  `Seeded accounts, clips, a route and the backup list; scheduled ${targets} targets over the next minute.\n`,
);
