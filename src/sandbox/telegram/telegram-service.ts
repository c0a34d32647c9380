import type { Call, Reply } from '../http/call.js';
import { drain, parameters, readBody } from '../http/call.js';
import { isMultipart, readMultipart } from '../http/multipart.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { badRequest, ok, refuse, TELEGRAM_DIALECT } from './telegram-errors.js';
import { type Fields, TelegramSending } from './telegram-sending.js';
import { type TelegramAccount, TelegramState } from './telegram-state.js';

/** The largest file and the form around it. */
const MAX_BODY_BYTES = 51_000_000;
const TOKEN = /^\d+:[\w-]{20,}$/;
const STEPS: Readonly<Record<string, string>> = {
  getMe: 'me',
  getChat: 'chat',
  sendMessage: 'send',
  deleteMessage: 'delete',
  editMessageCaption: 'edit',
};

/** The Bot API as `platforms.md` 6.2 describes it. Bytes are the step `upload`, a send by `file_id` is `send`. */
export class TelegramService implements PlatformService {
  readonly platform = 'telegram' as const;
  readonly steps = ['me', 'chat', 'upload', 'send', 'delete', 'edit', 'other'];
  readonly dialect = TELEGRAM_DIALECT;
  readonly #state = new TelegramState();
  readonly #sending: TelegramSending;

  constructor(private readonly world: World) {
    this.#sending = new TelegramSending(world, this.#state);
  }

  readonly routes: readonly Route[] = [
    {
      method: '*',
      path: /^\/bot([^/]*)\/sendVideo$/,
      step: (call) => (isMultipart(call) ? 'upload' : 'send'),
      streams: true,
      handle: (call) => this.as(call, (account) => this.sendVideo(account, call)),
    },
    {
      method: '*',
      path: /^\/bot([^/]*)\/(\w+)$/,
      step: (call) => STEPS[call.params[1] ?? ''] ?? 'other',
      handle: (call) => this.as(call, (account) => this.answer(account, call)),
    },
  ];

  identify(call: Call): SandboxAccount | undefined {
    const botId = call.params[0]?.split(':')[0];
    return this.#state.accounts.find((account) => String(account.botId) === botId);
  }

  expireTokens(account: SandboxAccount): void {
    const bot = account as TelegramAccount;
    bot.token = `${bot.botId}:${this.world.ids.word(35)}`;
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    const botId = Number(this.world.ids.number(7_000_000_000n));
    const groupNumber = Number(this.world.ids.number(400_000_000n));
    const account: TelegramAccount = {
      platform: 'telegram',
      externalId: String(-groupNumber),
      handle: spec.handle ?? `clips ${this.world.ids.word(5).toLowerCase()}`,
      ...(spec.region === undefined ? {} : { region: spec.region }),
      botId,
      groupId: -groupNumber,
      supergroupId: -Number(`100${groupNumber}`),
      stagingId: -Number(`100${this.world.ids.number(1_900_000_000n)}`),
      token: `${botId}:${this.world.ids.word(35)}`,
    };
    this.#state.accounts.push(account);
    const { externalId, handle, token, stagingId } = account;
    const credentials = { botToken: token, chatId: externalId, stagingChatId: String(stagingId) };
    return Promise.resolve({ externalId, handle, credentials });
  }

  reset(): void {
    this.#state.reset();
  }

  private as<T extends Reply | Promise<Reply>>(call: Call, answer: (account: TelegramAccount) => T): T | Reply {
    const token = call.params[0] ?? '';
    if (!TOKEN.test(token)) return refuse(404, 'Not Found');
    const account = this.#state.accounts.find((known) => known.token === token);
    return account ? answer(account) : refuse(401, 'Unauthorized');
  }

  private answer(account: TelegramAccount, call: Call): Reply {
    const fields: Fields = parameters(call);
    switch (call.params[1]) {
      case 'getMe':
        return ok({
          id: account.botId,
          is_bot: true,
          first_name: account.handle,
          username: `clips_${account.botId}_bot`,
        });
      case 'getChat': {
        const chat = this.#sending.chatOf(account, fields['chat_id']);
        return typeof chat === 'number' ? ok({ id: chat, title: account.handle, type: 'group' }) : chat;
      }
      case 'sendMessage':
        return this.#sending.sendMessage(account, fields);
      case 'deleteMessage':
        return this.#sending.remove(account, fields);
      case 'editMessageCaption':
        return this.#sending.editCaption(account, fields);
      default:
        return refuse(404, 'Not Found: method not found');
    }
  }

  private async sendVideo(account: TelegramAccount, call: Call): Promise<Reply> {
    const body = await readBody(call.request, MAX_BODY_BYTES).catch(() => undefined);
    if (!body) {
      await drain(call.request);
      return refuse(413, 'Request Entity Too Large');
    }
    if (!isMultipart(call)) return this.#sending.sendVideo(account, parameters({ ...call, body }), undefined);
    const form = readMultipart(call, body);
    if (!form) return badRequest('the form cannot be read');
    return this.#sending.sendVideo(
      account,
      form.fields,
      form.files.find(({ field }) => field === 'video'),
    );
  }
}
