import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stage } from './stage.ts';
import { OWNER } from './studio/accounts.ts';
import { STATUS_SLUG } from './studio/outage.ts';

const run = promisify(execFile);

/** How a person comes in: where, and by which link. */
export interface Door {
  readonly url: string;
  /** Opens once, for ten minutes. */
  readonly signInLink: string;
  readonly email: string;
  readonly password: string;
  readonly statusPage: string;
}

export const openDoor = async ({ url, env, databaseUrl }: Stage): Promise<Door> => {
  const program = 'dist/workspaces/infrastructure/members/sign-in-link.cli.js';
  const { stdout } = await run(process.execPath, [program, '--email', OWNER.email, '--url', url, '--json'], {
    env: { ...process.env, ...env, DATABASE_URL: databaseUrl },
  });
  const { link } = JSON.parse(stdout) as { link: string };
  const { email, password } = OWNER;
  return { url, signInLink: link, email, password, statusPage: `${url}/status/${STATUS_SLUG}` };
};

export const doorSign = ({ url, signInLink, email, password, statusPage }: Door): string => `
Perennial stays up with the outage just replayed, sixty times faster than life, until Ctrl-C.

  Dashboard     ${url}
  Sign in       ${signInLink}
                (once, for ten minutes; later: ${email}, "${password}")
  Status page   ${statusPage}
  API docs      ${url}/docs
`;
