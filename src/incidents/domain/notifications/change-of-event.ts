import type { Change, IncidentState, Severity } from './change.js';

/** An event of the outbox; only what is read here. */
export interface ToldEvent {
  readonly workspaceId: string | null;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

const MAX_WORDS = 300;

/**
 * The change that an event tells; undefined for what nobody need be told. A change of an incident still lacks its place
 * in the story (`storyOf`): whether it opens, worsens or ends depends on what the channel knows.
 */
export const changeOf = (event: ToldEvent): Change | undefined => READERS[event.type]?.(event);

type Reader = (event: ToldEvent) => Change | undefined;

const base = ({ workspaceId, subjectId, at, payload }: ToldEvent) => ({
  workspaceId,
  subject: subjectId,
  at: at.toISOString(),
  ...text('platform', payload['platform']),
  ...text('region', payload['region']),
});

const incident =
  (state: IncidentState, severity: Severity): Reader =>
  (event) => {
    const { platform, reason, incidentId } = event.payload;
    if (typeof platform !== 'string') return undefined;
    const kind = state === 'healthy' ? 'incident.recovered' : 'incident.opened';
    return {
      ...base(event),
      kind,
      severity,
      state,
      ...text('incidentId', incidentId),
      ...text('words', reason),
    };
  };

const account =
  (kind: 'account.needs_reconnect' | 'account.disconnected'): Reader =>
  (event) => ({ ...base(event), kind, severity: 'warning', ...text('words', event.payload['displayName']) });

const drill: Reader = (event) => {
  const { result, summary } = event.payload;
  const severity = result === 'failed' || result === 'aborted' ? 'warning' : 'info';
  return { ...base(event), kind: 'drill.finished', severity, ...text('words', summary ?? result) };
};

const radar: Reader = (event) => {
  const { summary, url } = event.payload;
  if (typeof summary !== 'string') return undefined;
  return { ...base(event), kind: 'radar.alert', severity: 'info', ...text('words', summary), ...httpsUrl(url) };
};

const READERS: Readonly<Record<string, Reader>> = {
  'platform.degraded': incident('degraded', 'warning'),
  'platform.down': incident('down', 'critical'),
  'platform.recovered': incident('healthy', 'info'),
  'post.needs_decision': (event) => ({ ...base(event), kind: 'post.needs_decision', severity: 'warning' }),
  'account.needs_reconnect': account('account.needs_reconnect'),
  'account.disconnected': account('account.disconnected'),
  'drill.finished': drill,
  'radar.alert': radar,
};

/** A text of a payload on one line and of bearable length; left out when it is none. */
const text = <Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } => {
  const line = typeof value === 'string' ? oneLine(value) : '';
  return (line === '' ? {} : { [name]: line }) as { [Key in Name]?: string };
};

const httpsUrl = (value: unknown): { url?: string } =>
  typeof value === 'string' && value.startsWith('https://') && URL.canParse(value) && value.length <= MAX_WORDS
    ? { url: value }
    : {};

/** Line breaks and other control characters become spaces: they would end a header or forge a line. */
export const oneLine = (value: string): string =>
  value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS)
    .toWellFormed();
