import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import {
  type QuotaHolder,
  type QuotaRules,
  type QuotaWindow,
  scopeIdOf,
  windowKey,
  windowsByMinute,
  windowsOf,
  type WindowName,
} from '../domain/quota.policy.js';
import { countPlaces, type Places, type QuotaClaim, shareQuota, tightest } from '../domain/quota-share.policy.js';
import {
  type QuotaAsk,
  type QuotaLeft,
  type QuotaReservation,
  Quotas,
  type QuotaUse,
  REPORTED_KIND,
} from '../domain/quotas.port.js';
import { ADD, ASK_AGAIN, CAPS, FORGET, GIVE_BACK, READ, REOPEN, REPORT, TAKE } from './quotas.sql.js';

type Scope = QuotaWindow['scope'];
type CapRow = { readonly scope: Scope; readonly scopeId: string; readonly resetsAt: Date; readonly mayAsk: boolean };
type Exhausted = Extract<QuotaReservation, { kind: 'exhausted' }>;

const SCOPES: readonly Scope[] = ['account', 'app'];

@Injectable()
export class QuotasRepository extends Quotas {
  constructor(
    private readonly database: Database,
    private readonly rules: QuotaRules,
  ) {
    super();
  }

  async reserve(asks: readonly QuotaAsk[], tx: Tx): Promise<ReadonlyMap<string, QuotaReservation>> {
    const found = new Map<string, QuotaReservation>();
    const holders = asks.map(({ holder }) => holder);
    const { caps, asking } = await this.capsForReserving(holders, tx);
    const claims: QuotaClaim[] = [];
    const windows = windowsByMinute(this.rules);
    for (const { key, holder, at } of asks) {
      const isAsking = asking.delete(holder.platform);
      const cap = isAsking ? caps.get(`account|${holder.id}`) : capOf(caps, holder);
      if (cap) found.set(key, exhausted(cap));
      else claims.push({ key, windows: windows(holder, at) });
    }
    for (const [key, reservation] of await this.take(claims, tx)) found.set(key, reservation);
    return found;
  }

  async release(windowIds: readonly string[], tx: Tx): Promise<void> {
    if (windowIds.length > 0) await this.database.affected(GIVE_BACK, [windowIds], tx);
  }

  async report(holder: QuotaHolder, { scope, until }: { scope: Scope; until: Date }, tx: Tx): Promise<void> {
    await this.database.affected(REPORT, [scope, scopeIdOf(scope, holder), until], tx);
  }

  async reopen(platforms: readonly PlatformName[], tx: Tx): Promise<void> {
    if (platforms.length > 0) await this.database.affected(REOPEN, [platforms], tx);
  }

  async left(holders: readonly QuotaHolder[], now: Date, tx?: Tx): Promise<ReadonlyMap<string, QuotaLeft>> {
    const caps = await this.caps(holders, tx, now);
    const windows = new Map(holders.map((holder) => [holder.id, windowsOf(this.rules, holder, now)]));
    const used = await this.used([...windows.values()].flat(), tx);
    return new Map(
      holders.map((holder) => {
        const cap = capOf(caps, holder);
        if (cap) return [holder.id, { left: 0, resetsAt: cap.resetsAt }];
        return [holder.id, tightest(windows.get(holder.id) ?? [], used)];
      }),
    );
  }

  async forgetEnded(): Promise<void> {
    await this.database.affected(FORGET);
  }

  async usage(holder: QuotaHolder, now: Date): Promise<QuotaUse[]> {
    const windows = windowsOf(this.rules, holder, now);
    const used = await this.used(windows);
    const counted = windows.map((window) => {
      const { scope, kind, limit, resetsAt } = window;
      return { scope, kind, limit, resetsAt, used: used.get(windowKey(window)) ?? 0 };
    });
    const caps = [...(await this.caps([holder], undefined, now)).values()];
    return [
      ...counted,
      ...caps.map(({ scope, resetsAt }) => ({ scope, kind: REPORTED_KIND, limit: 0, used: 0, resetsAt })),
    ];
  }

  /** The usual case is one statement; a second look only when a window cannot hold all that want in. */
  private async take(claims: readonly QuotaClaim[], tx: Tx): Promise<ReadonlyMap<string, QuotaReservation>> {
    const places = countPlaces(claims);
    const windows = [...places.values()].map(({ window }) => window);
    const taken = windows.length === 0 ? [] : await this.takeWhole([...places.values()], tx);
    const ids = new Map(taken.map((row) => [windowKey(row), row.id]));
    const whole = new Set(taken.filter(({ isWhole }) => isWhole).map((row) => windowKey(row)));
    const short = windows.filter((window) => !whole.has(windowKey(window)));
    const refused =
      short.length === 0 ? new Map<string, QuotaWindow>() : await this.takeRest({ claims, places, short, ids }, tx);
    return new Map(
      claims.map(({ key, windows: own }) => {
        const full = refused.get(key);
        const windowIds = own.map((window) => ids.get(windowKey(window)) ?? '');
        return [key, full ? exhausted(full) : { kind: 'reserved', windowIds }];
      }),
    );
  }

  private takeWhole(places: readonly Places[], tx: Tx): Promise<(WindowName & { id: string; isWhole: boolean })[]> {
    const windows = places.map(({ window }) => window);
    return this.database.rows(
      TAKE,
      [
        ...namesOf(windows),
        windows.map(({ limit }) => limit),
        windows.map(({ resetsAt }) => resetsAt),
        places.map(({ count }) => count),
      ],
      tx,
    );
  }

  /** Shares out what the short windows have left and gives back what refused claims took elsewhere; all are locked. */
  private async takeRest({ claims, places, short, ids }: Shortage, tx: Tx): Promise<ReadonlyMap<string, QuotaWindow>> {
    const rows = await this.database.rows<WindowName & { id: string; used: number }>(READ, namesOf(short), tx);
    const used = new Map(rows.map((row) => [windowKey(row), row]));
    for (const [name, { id }] of used) ids.set(name, id);
    const left = new Map(
      short.map((window) => [windowKey(window), window.limit - (used.get(windowKey(window))?.used ?? 0)]),
    );
    const refused = shareQuota(claims, left);
    const granted = countPlaces(claims.filter(({ key }) => !refused.has(key)));
    const changes = [...places.keys()].flatMap((name) => {
      const already = left.has(name) ? 0 : (places.get(name)?.count ?? 0);
      const change = (granted.get(name)?.count ?? 0) - already;
      return change === 0 ? [] : [{ id: ids.get(name) ?? '', change, limit: places.get(name)?.window.limit ?? 0 }];
    });
    await this.database.affected(
      ADD,
      [changes.map(({ id }) => id), changes.map(({ change }) => change), changes.map(({ limit }) => limit)],
      tx,
    );
    return refused;
  }

  private async used(windows: readonly QuotaWindow[], tx?: Tx): Promise<ReadonlyMap<string, number>> {
    if (windows.length === 0) return new Map();
    const rows = await this.database.rows<WindowName & { used: number }>(READ, namesOf(windows), tx);
    return new Map(rows.map((row) => [windowKey(row), row.used]));
  }

  /** @returns besides the caps the apps whose first publish now asks the platform again */
  private async capsForReserving(
    holders: readonly QuotaHolder[],
    tx: Tx,
  ): Promise<{ caps: ReadonlyMap<string, CapRow>; asking: Set<string> }> {
    const rows = await this.capRows(holders, tx);
    const mayAsk = rows.filter((row) => row.mayAsk).map(({ scopeId }) => scopeId);
    if (mayAsk.length === 0) return { caps: byScope(rows), asking: new Set() };
    const won = await this.database.rows<{ scopeId: string }>(ASK_AGAIN, [mayAsk], tx);
    return { caps: await this.caps(holders, tx), asking: new Set(won.map(({ scopeId }) => scopeId)) };
  }

  private async caps(holders: readonly QuotaHolder[], tx?: Tx, at?: Date): Promise<ReadonlyMap<string, CapRow>> {
    return byScope((await this.capRows(holders, tx, at)).filter((row) => !row.mayAsk));
  }

  private async capRows(holders: readonly QuotaHolder[], tx?: Tx, at?: Date): Promise<readonly CapRow[]> {
    if (holders.length === 0) return [];
    const ids = new Set(holders.flatMap((holder) => SCOPES.map((scope) => scopeIdOf(scope, holder))));
    return this.database.rows<CapRow>(CAPS, [[...ids], at ?? null], tx);
  }
}

const byScope = (rows: readonly CapRow[]): ReadonlyMap<string, CapRow> =>
  new Map(rows.map((row) => [`${row.scope}|${row.scopeId}`, row]));

interface Shortage {
  readonly claims: readonly QuotaClaim[];
  readonly places: ReadonlyMap<string, Places>;
  readonly short: readonly QuotaWindow[];
  readonly ids: Map<string, string>;
}

const namesOf = (windows: readonly WindowName[]): unknown[] => [
  windows.map(({ scope }) => scope),
  windows.map(({ scopeId }) => scopeId),
  windows.map(({ kind }) => kind),
  windows.map(({ windowStart }) => windowStart),
];

/** The cap that holds longest. */
const capOf = (caps: ReadonlyMap<string, CapRow>, holder: QuotaHolder): CapRow | undefined =>
  SCOPES.flatMap((scope) => caps.get(`${scope}|${scopeIdOf(scope, holder)}`) ?? []).sort(
    (one, other) => other.resetsAt.getTime() - one.resetsAt.getTime(),
  )[0];

const exhausted = ({ scope, resetsAt }: { scope: Scope; resetsAt: Date }): Exhausted => ({
  kind: 'exhausted',
  scope,
  resetsAt,
});
