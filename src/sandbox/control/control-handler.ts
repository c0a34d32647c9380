import type { Handler } from '../http/serve-platform.js';
import { send } from '../http/serve-platform.js';
import type { Reply } from '../http/call.js';
import { json, readBody } from '../http/call.js';
import type { PlatformService } from '../http/service.js';
import { readFaultSpec } from '../faults/fault-spec.js';
import type { SandboxPlatform } from '../world/sandbox-platform.js';
import { DEFAULT_SETTINGS, settingFaults } from '../world/settings.js';
import { EVENT_NAMES } from '../world/event-log.js';
import type { World } from '../world/world.js';
import type { MailSink } from '../mail/mail-sink.js';
import type { FeedsService } from '../feeds/feeds-service.js';
import type { Ordered } from '../feeds/feeds-control.js';
import { orderChart, orderFeed } from '../feeds/feeds-control.js';
import { orderFirehose } from '../feeds/firehose-control.js';
import { orderText } from '../twilio/phones-control.js';
import type { TwilioService } from '../twilio/twilio-service.js';
import { waitFor } from './wait-for.js';

/** What the control API can reach. */
export interface ControlledWorld {
  readonly world: World;
  readonly services: readonly PlatformService[];
  readonly mail?: MailSink;
  readonly feeds?: FeedsService;
  readonly twilio?: TwilioService;
  /** The environment that points an app here. */
  env?: Readonly<Record<string, string>>;
}

interface ControlCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams;
  readonly id: string | undefined;
}
type Action = (it: ControlledWorld, call: ControlCall) => Promise<Reply> | Reply;

const MAX_BODY_BYTES = 1024 * 1024;
const refuse = (message: string): Reply => json(400, { error: message });

const addAccount: Action = async ({ services }, { body }) => {
  const service = services.find(({ platform }) => platform === body['platform']);
  if (!service) return refuse(`platform must be one of ${services.map(({ platform }) => platform).join(' ')}`);
  for (const name of ['handle', 'region']) {
    if (body[name] !== undefined && typeof body[name] !== 'string') return refuse(`${name} must be a string`);
  }
  return json(201, await service.createAccount(body));
};

const addFault: Action = ({ world, services, mail, feeds }, { body }) => {
  const steps = new Map<SandboxPlatform, readonly string[]>(services.map(({ platform, steps }) => [platform, steps]));
  if (mail) steps.set('mail', mail.steps);
  if (feeds) steps.set('feeds', feeds.steps);
  const spec = readFaultSpec(body, steps);
  return typeof spec === 'string' ? refuse(spec) : json(201, world.faults.add(spec));
};

const removeFault: Action = ({ world }, { id }) => {
  const removed = world.faults.remove(id);
  return id !== undefined && removed === 0 ? json(404, { error: 'no such fault' }) : json(200, { removed });
};

const advanceClock: Action = async ({ world }, { body }) => {
  const ms = body['advanceMs'];
  if (typeof ms !== 'number' || ms < 0) return refuse('advanceMs must be a number >= 0');
  await world.clock.advance(ms);
  return json(200, { now: world.clock.iso() });
};

const changeSettings: Action = ({ world }, { body }) => {
  const faults = settingFaults(body);
  if (faults.length > 0) return refuse(`unknown setting or wrong value: ${faults.join(' ')}`);
  Object.assign(world.settings, body);
  return json(200, world.settings);
};

const listEvents: Action = ({ world }, { query }) => {
  const event = EVENT_NAMES.find((name) => name === query.get('event'));
  const after = Number(query.get('after') ?? 0);
  if (!event || !Number.isInteger(after))
    return refuse(`event must be one of ${EVENT_NAMES.join(' ')}, after a number`);
  return json(200, world.events.since(after, event));
};

const reset: Action = ({ world, services, mail, feeds }) => {
  world.clock.reset();
  Object.assign(world.settings, DEFAULT_SETTINGS);
  world.faults.reset();
  world.truth.reset();
  world.calls.reset();
  mail?.reset();
  feeds?.reset();
  for (const service of services) service.reset();
  return json(200, { reset: true });
};

const ordered =
  (order: (feeds: FeedsService, body: ControlCall['body']) => Ordered): Action =>
  ({ feeds }, { body }) => {
    if (!feeds) return refuse('the feeds do not run');
    const result = order(feeds, body);
    return 'error' in result ? refuse(result.error) : json(200, result.value);
  };

const phoneWrites: Action = async ({ world, twilio }, { body }) => {
  if (!twilio) return refuse('the SMS provider does not run');
  const result = await orderText(twilio, world, body);
  return 'error' in result ? refuse(result.error) : json(200, result.value);
};

const ACTIONS: Readonly<Record<string, Action>> = {
  'POST accounts': addAccount,
  'POST faults': addFault,
  'GET faults': ({ world }) => json(200, world.faults.list()),
  'DELETE faults': removeFault,
  'GET posts': async ({ world }, { query }) => json(200, await world.truth.list(query.get('platform') ?? undefined)),
  'GET calls': ({ world }, { query }) => json(200, world.calls.snapshot(query.get('platform') ?? undefined)),
  'GET events': listEvents,
  'GET mails': ({ mail }) => json(200, mail?.list() ?? []),
  'POST clock': advanceClock,
  'GET env': ({ env }) => json(200, env ?? {}),
  'GET clock': ({ world }) => json(200, { now: world.clock.iso() }),
  'POST settings': changeSettings,
  'GET settings': ({ world }) => json(200, world.settings),
  'POST reset': reset,
  'POST feeds': ordered(orderFeed),
  'GET feeds': ({ feeds }) => json(200, feeds?.incidents.all() ?? []),
  'POST charts': ordered(orderChart),
  'POST texts': phoneWrites,
  'POST firehose': ordered(orderFirehose),
  'GET charts': ({ feeds }) => json(200, feeds?.charts.all() ?? {}),
  'POST wait': ({ world }, { body }) => waitFor(world.events, body),
};

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Answers `/__sim/...` on every port of the sandbox; everything else goes to `otherwise`. */
export const controlHandler =
  (it: ControlledWorld, otherwise: Handler): Handler =>
  async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const [, prefix, name, id] = url.pathname.split('/');
    if (prefix !== '__sim') return otherwise(request, response);
    const action = ACTIONS[`${request.method ?? 'GET'} ${name ?? ''}`];
    const body = parse((await readBody(request, MAX_BODY_BYTES)).toString('utf8'));
    const reply = !action
      ? json(404, { error: `no such control; there are: ${Object.keys(ACTIONS).join(', ')}` })
      : !body
        ? refuse('the body must be a JSON object')
        : await action(it, { body, query: url.searchParams, id });
    await send({ request, response }, reply);
  };
