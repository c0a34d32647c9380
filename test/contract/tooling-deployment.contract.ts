import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'yaml';
import { type Env, envSchema, parseEnv } from '../../src/infra/config/env.schema.js';

const read = (path: string): string => readFileSync(path, 'utf8');

/** `NAME=value` lines of `.env.example`. */
const example = Object.fromEntries(
  [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [name, value]),
) as Record<string, string>;

interface Service {
  readonly image: string;
  readonly environment: Record<string, string>;
  readonly env_file?: string;
  readonly volumes?: string[];
  readonly ports?: string[];
  readonly depends_on?: Record<string, { condition: string }>;
  readonly healthcheck?: unknown;
}
const composeText = read('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as {
  services: Record<'api' | 'worker' | 'postgres' | 'mail', Service>;
  volumes: Record<string, unknown>;
};

/** Values as Compose puts them in: `${NAME:-default}` and `${NAME:?message}`. */
const interpolate = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, ...[name, kind, rest]: string[]) => {
    const value = values[name ?? ''];
    if (value) return value;
    if (kind === '?') throw new Error(rest);
    return rest ?? '';
  });

/** What a service's process finds in its environment, `.env` being the example with a password. */
const environmentOf = (name: 'api' | 'worker'): Env => {
  const dotEnv = { ...example, POSTGRES_PASSWORD: 'secret1' };
  const own = Object.entries(compose.services[name].environment);
  return parseEnv({ ...dotEnv, ...Object.fromEntries(own.map(([key, value]) => [key, interpolate(value, dotEnv)])) });
};

describe('.env.example', () => {
  it('names every variable of the schema and those of docker-compose.yml, and no other', () => {
    const composeOnly = [...composeText.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    const known = new Set([...Object.keys(envSchema.shape), ...composeOnly]);
    expect(Object.keys(example).sort()).toEqual([...known].sort());
  });

  it('shows the defaults', () => {
    expect(parseEnv(example)).toEqual(parseEnv({}));
  });

  it('holds no secret', () => {
    const secrets = Object.entries(example).filter(([name]) => /SECRET|PASSWORD$|KEYS?$/.test(name));
    expect(secrets.map(([, value]) => value)).toEqual(secrets.map(() => ''));
  });
});

describe('docker-compose.yml', () => {
  it('runs the api and the worker from one image, told apart by ROLE', () => {
    const { api, worker } = compose.services;
    expect(api.image).toBe(worker.image);
    expect([environmentOf('api').ROLE, environmentOf('worker').ROLE]).toEqual(['api', 'worker']);
  });

  it.each(['api', 'worker'] as const)('gives the %s a database, a mail server and shared data', (name) => {
    const env = environmentOf(name);
    expect(env).toMatchObject({
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://perennial:secret1@postgres:5432/perennial',
      SMTP_URL: 'smtp://mail:1025',
    });
    expect(compose.services[name].volumes).toContain(`data:${env.DATA_DIR}`);
  });

  it('passes on only variables that the program reads', () => {
    const names = [compose.services.api, compose.services.worker].flatMap(({ environment }) =>
      Object.keys(environment),
    );
    expect(names.filter((name) => !(name in envSchema.shape))).toEqual([]);
  });

  it('refuses to start without a password, and holds none', () => {
    expect(() => interpolate(compose.services.postgres.environment.POSTGRES_PASSWORD ?? '', {})).toThrow(
      'set POSTGRES_PASSWORD in .env',
    );
  });

  it('waits for the health of what a service needs', () => {
    const waits = Object.values(compose.services).flatMap((service) => Object.entries(service.depends_on ?? {}));
    for (const [needed, { condition }] of waits) {
      const service = compose.services[needed as 'api'];
      expect(condition).toBe('service_healthy');
      // Our own image brings its health check in the Dockerfile.
      expect(
        service.healthcheck ?? (service.image === 'perennial' && /^HEALTHCHECK/m.test(read('Dockerfile'))),
      ).toBeTruthy();
    }
    expect(waits).toHaveLength(3);
  });

  it('opens ports to this machine only and names its volumes', () => {
    const services = Object.values(compose.services);
    expect(services.flatMap(({ ports }) => ports ?? []).every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    const used = services.flatMap(({ volumes }) => (volumes ?? []).map((volume) => volume.split(':')[0]));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', '').split('\n');
  const last = (instruction: string): string =>
    lines.findLast((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1) ?? '';
  const stages = lines.filter((line) => line.startsWith('FROM '));
  const finalStage = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));

  it('copies files that exist and that .dockerignore lets through', () => {
    const sources = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) =>
        line
          .split(' ')
          .slice(1, -1)
          .map((path) => path.replace('./', '')),
      );
    const allowed = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path);
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((path) => !existsSync(path) || !allowed.includes(path))).toEqual([]);
  });

  it('runs npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const used = [...lines.join('\n').matchAll(/npm run (\S+)/g)].map(([, name]) => name ?? '');
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('starts the built entry as a user who is not root, without development packages', () => {
    expect(JSON.parse(last('CMD'))).toEqual([
      'node',
      '--max-semi-space-size=16',
      '--heap-growing-percent=50',
      'dist/main.js',
    ]);
    expect(existsSync('src/main.ts')).toBe(true);
    expect(finalStage).toContain('USER node');
    expect(finalStage.some((line) => line.startsWith('COPY --from=build') && line.includes('node_modules'))).toBe(
      false,
    );
    expect(lines.join('\n')).toContain('npm ci --omit=dev');
  });

  describe('HEALTHCHECK', () => {
    let command: string[];
    beforeAll(() => {
      command = JSON.parse(/CMD (\[.*\])/.exec(last('HEALTHCHECK'))?.[1] ?? '[]') as string[];
    });
    const exitCode = (port: number): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, command.slice(1), { env: { PORT: String(port) } });
        child.once('exit', resolve);
      });

    it.each([
      [200, 0],
      [503, 1],
    ])('with an answer of %d ends with %d', async (status, code) => {
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.writeHead(status).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      expect(await exitCode(port)).toBe(code);
      expect(asked).toEqual(['/healthz']);
      server.close();
      server.closeAllConnections();
    });

    it('ends with 1 when nothing listens', async () => {
      expect(await exitCode(9)).toBe(1);
    });
  });
});
