import type { Call, Reply } from '../http/call.js';
import { bearer, json } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { DISCORD_DIALECT, refuse } from './discord-errors.js';
import { DiscordPosting } from './discord-posting.js';
import { type DiscordAccount, type DiscordMessage, DiscordState } from './discord-state.js';

const FIRST_ID = 1_200_000_000_000_000_000n;
const MAX_LIST = 100;
const DEFAULT_LIST = 50;

/** Discord's API version 10 as `platforms.md` 6.1 describes it: webhooks, and a bot in its channel. */
export class DiscordService implements PlatformService {
  readonly platform = 'discord' as const;
  readonly steps = ['gateway', 'webhook', 'user', 'channel', 'post', 'list', 'message', 'edit', 'delete'];
  readonly dialect = DISCORD_DIALECT;
  /** Where this server listens; webhook addresses begin with it. */
  origin = '';
  readonly #state = new DiscordState();
  readonly #posting: DiscordPosting;

  constructor(private readonly world: World) {
    this.#posting = new DiscordPosting(world, this.#state);
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  identify(call: Call): SandboxAccount | undefined {
    return this.#state.webhook(call.params[0]) ?? this.botOf(call, call.params[0]) ?? this.botOf(call);
  }

  /** The webhook is made anew, the bot's token reset: what is known of the old one is dead. */
  expireTokens(account: SandboxAccount): void {
    (account as DiscordAccount).token = this.world.ids.word(68);
  }

  /** A bot in its channel, or with `flavour: webhook` a webhook. */
  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const mode = spec.flavour === 'webhook' ? 'webhook' : 'bot';
    const [channelId, authorId, guildId] = [this.id(), this.id(), this.id()];
    const token = mode === 'bot' ? `MTk.${this.world.ids.word(30)}` : this.world.ids.word(68);
    const account: DiscordAccount = {
      platform: 'discord',
      externalId: mode === 'bot' ? channelId : authorId,
      handle: spec.handle ?? `clips-${this.world.ids.word(5).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
      channelId,
      guildId,
      authorId,
      mode,
      token,
    };
    this.#state.accounts.push(account);
    const { externalId, handle } = account;
    const webhookUrl = `${this.origin}/webhooks/${authorId}/${token}`;
    const credentials: Record<string, string> = mode === 'bot' ? { botToken: token, channelId } : { webhookUrl };
    return Promise.resolve({ externalId, handle, credentials });
  }

  reset(): void {
    this.#state.reset();
  }

  readonly #routes: readonly Route[] = [
    this.route('GET', '/gateway', 'gateway', () => json(200, { url: 'wss://gateway.example' })),
    this.route('GET', '/webhooks/(\\d+)/([^/]+)', 'webhook', (call) =>
      this.asWebhook(call, ({ authorId, channelId, guildId, handle }) =>
        json(200, { id: authorId, type: 1, channel_id: channelId, guild_id: guildId, name: handle, avatar: null }),
      ),
    ),
    {
      ...this.route('POST', '/webhooks/(\\d+)/([^/]+)', 'post', (call) => this.executeWebhook(call)),
      streams: true,
    },
    this.route('GET', '/webhooks/(\\d+)/([^/]+)/messages/(\\d+)', 'message', (call) =>
      this.asWebhook(call, (account) => this.withMessage(account, call.params[2], (found) => this.shown(found))),
    ),
    this.route('PATCH', '/webhooks/(\\d+)/([^/]+)/messages/(\\d+)', 'edit', (call) =>
      this.asWebhook(call, (account) =>
        this.withMessage(account, call.params[2], (found) => this.#posting.edit(found, call)),
      ),
    ),
    this.route('DELETE', '/webhooks/(\\d+)/([^/]+)/messages/(\\d+)', 'delete', (call) =>
      this.asWebhook(call, (account) => this.withMessage(account, call.params[2], (found) => this.removed(found))),
    ),
    this.route('GET', '/users/@me', 'user', (call) => {
      const bot = this.botOf(call);
      return bot ? json(200, { id: bot.authorId, username: `${bot.handle}-bot`, bot: true }) : refuse(0);
    }),
    this.route('GET', '/channels/(\\d+)', 'channel', (call) =>
      this.asBot(call, ({ channelId, guildId, handle }) =>
        json(200, { id: channelId, type: 0, guild_id: guildId, name: handle }),
      ),
    ),
    {
      ...this.route('POST', '/channels/(\\d+)/messages', 'post', (call) =>
        this.asBot(call, async (account) => {
          const made = await this.#posting.create(account, call);
          return 'status' in made ? made : json(200, this.#posting.show(made, true));
        }),
      ),
      streams: true,
    },
    this.route('GET', '/channels/(\\d+)/messages', 'list', (call) => this.asBot(call, (bot) => this.list(bot, call))),
    this.route('GET', '/channels/(\\d+)/messages/(\\d+)', 'message', (call) =>
      this.asBot(call, (account) => this.withMessage(account, call.params[1], (found) => this.shown(found))),
    ),
    this.route('PATCH', '/channels/(\\d+)/messages/(\\d+)', 'edit', (call) =>
      this.asBot(call, (account) =>
        this.withMessage(account, call.params[1], (found) => this.#posting.edit(found, call)),
      ),
    ),
    this.route('DELETE', '/channels/(\\d+)/messages/(\\d+)', 'delete', (call) =>
      this.asBot(call, (account) => this.withMessage(account, call.params[1], (found) => this.removed(found))),
    ),
  ];

  private route(method: string, path: string, step: string, handle: Route['handle']): Route {
    return { method, path: new RegExp(`^(?:/api(?:/v10)?)?${path}$`), step, handle };
  }

  /** Without `wait=true` the message is made all the same, but nobody learns its id. */
  private async executeWebhook(call: Call): Promise<Reply> {
    return this.asWebhook(call, async (account) => {
      const thread = call.url.searchParams.get('thread_id');
      if (thread !== null) return refuse(10003);
      const made = await this.#posting.create(account, call);
      if ('status' in made) return made;
      return call.url.searchParams.get('wait') === 'true' ? this.shown(made) : { status: 204 };
    });
  }

  private list(bot: DiscordAccount, call: Call): Reply {
    const limit = Number(call.url.searchParams.get('limit') ?? DEFAULT_LIST);
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIST) return refuse(50035);
    const before = BigInt(call.url.searchParams.get('before') ?? '9'.repeat(19));
    const nowMs = this.world.clock.nowMs();
    const shown = this.#state
      .inChannel(bot.channelId)
      .filter(({ id, listedFromMs }) => BigInt(id) < before && listedFromMs <= nowMs);
    return json(
      200,
      shown.slice(0, limit).map((message) => this.#posting.show(message)),
    );
  }

  private shown(message: DiscordMessage): Reply {
    return json(200, this.#posting.show(message));
  }

  private removed(message: DiscordMessage): Reply {
    this.#state.remove(message);
    this.world.truth.remove(message.post);
    return { status: 204 };
  }

  private withMessage(
    account: DiscordAccount,
    id: string | undefined,
    answer: (found: DiscordMessage) => Reply,
  ): Reply {
    const found = this.#state.inChannel(account.channelId).find((message) => message.id === id);
    if (!found) return refuse(10008);
    return found.account.authorId === account.authorId ? answer(found) : refuse(50013);
  }

  private asWebhook<T extends Reply | Promise<Reply>>(call: Call, answer: (account: DiscordAccount) => T): T | Reply {
    const account = this.#state.webhook(call.params[0]);
    if (!account) return refuse(10015);
    return account.token === call.params[1] ? answer(account) : refuse(50027);
  }

  private asBot<T extends Reply | Promise<Reply>>(call: Call, answer: (account: DiscordAccount) => T): T | Reply {
    if (!this.botOf(call)) return refuse(0);
    const channel = this.#state.channel(call.params[0]);
    if (!channel) return refuse(10003);
    return channel.token === bearer(call, 'Bot') ? answer(channel) : refuse(50001);
  }

  /** The bot behind a live token; with a channel the one of that channel, whatever its token was. */
  private botOf(call: Call, channelId?: string): DiscordAccount | undefined {
    const token = bearer(call, 'Bot');
    return this.#state.accounts.find(
      (account) =>
        account.mode === 'bot' && (channelId === undefined ? account.token === token : account.channelId === channelId),
    );
  }

  private id(): string {
    return String(this.world.ids.number(FIRST_ID));
  }
}
