import type { CreateMailServerDto, MailServerResponse } from '../../api/generated/types.gen.ts';

export interface ServerDraft {
  readonly host: string;
  readonly port: number | string;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string;
  /** Empty on a change: the one that is stored stays. */
  readonly password: string;
  readonly priority: number | string;
  readonly connections: number | string;
  /** Empty: no limit. */
  readonly perSecond: number | string;
  readonly isWarmingUp: boolean;
  /** Day the plan begins, YYYY-MM-DD in UTC. */
  readonly warmUpFrom: string;
  readonly enabled: boolean;
}

export const NEW_SERVER: ServerDraft = {
  host: '',
  port: 465,
  security: 'tls',
  username: '',
  password: '',
  priority: 10,
  connections: 4,
  perSecond: '',
  isWarmingUp: false,
  warmUpFrom: '',
  enabled: true,
};

/** 50 on the first day, half as much again each day, to 20,000 a day: see the docs of `WarmUpDto`. */
const PLAN = { first: 50, factor: 1.5, until: 20_000 };

export const toDraft = ({ warmUp, perSecond, username, ...server }: MailServerResponse): ServerDraft => ({
  ...NEW_SERVER,
  ...server,
  username: username ?? '',
  perSecond: perSecond ?? '',
  isWarmingUp: warmUp !== undefined,
  warmUpFrom: warmUp?.from ?? '',
});

export const toServerWish = (draft: ServerDraft, today: string): CreateMailServerDto => ({
  host: draft.host.trim(),
  port: Number(draft.port),
  security: draft.security,
  priority: Number(draft.priority),
  connections: Number(draft.connections),
  perSecond: draft.perSecond === '' ? null : Number(draft.perSecond),
  enabled: draft.enabled,
  warmUp: draft.isWarmingUp ? { ...PLAN, from: draft.warmUpFrom || today } : null,
  ...(draft.username === '' ? {} : { username: draft.username }),
  ...(draft.password === '' ? {} : { password: draft.password }),
});
