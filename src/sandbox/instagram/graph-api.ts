import type { Call, Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Route } from '../http/service.js';
import type { World } from '../world/world.js';
import { GraphUsage } from './graph-usage.js';
import { InstagramContainers } from './instagram-containers.js';
import { graphError, missingObject } from './instagram-errors.js';
import { InstagramPublish } from './instagram-publish.js';
import { InstagramReads } from './instagram-reads.js';
import type { Permission } from './instagram-scopes.js';
import type { Flavour, InstagramAccount, InstagramState } from './instagram-state.js';
import type { MetaTokens } from './meta-tokens.js';
import { isRefusal } from './meta-tokens.js';

/** Every path may start with a version. */
export const graphPath = (rest: string): RegExp => new RegExp(`^(?:/v\\d+\\.\\d+)?${rest}$`);
const ID = '/(\\d+)';

type Answer = (account: InstagramAccount, call: Call) => Reply | Promise<Reply>;
type Step = Route['step'];

/** The publishing API, the same on both hosts but for tokens and deleting. */
export class GraphApi {
  readonly #containers: InstagramContainers;
  readonly #publish: InstagramPublish;
  readonly #reads: InstagramReads;
  readonly #usage: GraphUsage;

  constructor(
    private readonly world: World,
    private readonly state: InstagramState,
    private readonly tokens: MetaTokens,
  ) {
    this.#containers = new InstagramContainers(world, state, tokens);
    this.#publish = new InstagramPublish(world, state);
    this.#reads = new InstagramReads(world, state);
    this.#usage = new GraphUsage(world);
  }

  routes(flavour: Flavour): readonly Route[] {
    const own = (address: string, step: Step, permission: Permission, answer: Answer): Route => {
      const [method = '', rest = ''] = address.split(' ');
      const handle = (call: Call): Promise<Reply> => this.answer(call, { flavour, permission, answer });
      return { method, path: graphPath(rest), step, handle };
    };
    const stepOf = (call: Call): string => (this.state.containers.has(call.params[0] ?? '') ? 'container' : 'media');
    return [
      {
        method: 'POST',
        path: /^\/ig-api-upload\/v\d+\.\d+\/(\d+)$/,
        step: 'upload',
        streams: true,
        handle: (call) => this.#containers.upload(call),
      },
      own(`POST ${ID}/media`, 'create', 'publish', (account, call) => this.#containers.create(account, call, flavour)),
      own(`POST ${ID}/media_publish`, 'publish', 'publish', (account, call) => this.#publish.publish(account, call)),
      own(`GET ${ID}/media`, 'list', 'basic', (account, call) => this.#reads.list(account, call)),
      own(`GET ${ID}/content_publishing_limit`, 'limit', 'publish', (account, call) => this.limit(account, call)),
      own(`GET ${ID}/insights`, 'insights', 'insights', (_account, call) => this.insights(call)),
      own(`GET ${ID}`, stepOf, 'basic', (account, call) => this.object(account, call)),
      own(`DELETE ${ID}`, 'delete', flavour === 'facebook' ? 'delete' : 'basic', (_account, call) =>
        this.remove(call, flavour),
      ),
    ];
  }

  /** `GET /me` of Instagram Login. */
  me(call: Call): Reply {
    const token = this.tokens.authorise(call, 'instagram');
    if (isRefusal(token)) return token;
    const [account] = token.accounts;
    return account ? this.#usage.signed(this.#reads.me(account, call), account) : missingObject('me');
  }

  reset(): void {
    this.#usage.reset();
  }

  /** Token, permission, owner of the id in the path, budget; then the answer with its usage headers. */
  private async answer(
    call: Call,
    { flavour, permission, answer }: { flavour: Flavour; permission: Permission; answer: Answer },
  ): Promise<Reply> {
    const id = call.params[0] ?? '';
    const token = this.tokens.authorise(call, flavour, permission);
    if (isRefusal(token)) return token;
    const account = this.state.ownerOf(id);
    if (!account || !token.accounts.includes(account)) return missingObject(id);
    return this.#usage.spend(account) ?? this.#usage.signed(await answer(account, call), account);
  }

  private limit(account: InstagramAccount, call: Call): Reply {
    const asked = (call.url.searchParams.get('fields') ?? 'quota_usage').split(',');
    const all: Readonly<Record<string, unknown>> = {
      quota_usage: this.#publish.usage(account),
      config: { quota_total: this.world.settings.reelsQuotaTotal, quota_duration: 86_400 },
    };
    const shown = asked.filter((field) => field in all).map((field) => [field, all[field]]);
    return json(200, { data: [Object.fromEntries(shown)] });
  }

  private insights(call: Call): Reply {
    const media = this.state.media.get(call.params[0] ?? '');
    return media ? this.#reads.insights(media, call) : missingObject(call.params[0] ?? '');
  }

  private object(account: InstagramAccount, call: Call): Reply {
    const id = call.params[0] ?? '';
    if (id === account.externalId) return this.#reads.me(account, call);
    const container = this.state.containers.get(id);
    if (container) return this.#containers.status(container, call);
    const media = this.state.media.get(id);
    return media ? this.#reads.media(media, call) : missingObject(id);
  }

  private remove(call: Call, flavour: Flavour): Reply {
    const media = this.state.media.get(call.params[0] ?? '');
    if (flavour === 'instagram' || !media) return graphError({ code: 100, message: 'Unsupported delete request.' });
    this.state.media.delete(media.id);
    this.world.truth.remove(media.post);
    return json(200, { success: true });
  }
}
