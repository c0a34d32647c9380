import { type Change, familyOf, type Family, isAtLeast, type KnownIncident } from './change.js';
import type { Channel } from './channel.js';
import { gather, type Gathered } from './gather.js';
import { storyOf } from './story.js';

/** A channel that may be told now. */
export type Listener = Pick<Channel, 'id' | 'workspaceId' | 'scope' | 'kinds' | 'minSeverity'> & {
  /** Only what happened afterwards is told. */
  readonly readySince: Date;
};

/** Where a workspace has accounts: what happens to other platforms does not concern it. */
export interface Presence {
  readonly workspaceId: string;
  readonly platform: string;
  readonly region: string;
}

/** A message of a channel that still gathers. */
export interface OpenMessage {
  readonly id: string;
  readonly gathered: Gathered;
}

/** What is known when changes arrive; keys by `incidentKey` and `messageKey`. */
export interface Knowledge {
  readonly listeners: readonly Listener[];
  readonly presences: readonly Presence[];
  readonly incidents: ReadonlyMap<string, KnownIncident>;
  readonly open: ReadonlyMap<string, OpenMessage>;
}

/** A change and the name of the event that told it. */
export interface ToldChange {
  readonly eventName: string;
  readonly change: Change;
}

/** What is to be written: messages to begin or to add to, and what channels know now. */
export interface Addressed {
  readonly messages: readonly {
    readonly listener: Listener;
    readonly family: Family;
    /** Of the message that gathers already. */
    readonly openId: string | undefined;
    /** Names the message for ever: by the first change in it. */
    readonly changeKey: string;
    readonly gathered: Gathered;
  }[];
  readonly incidents: readonly {
    readonly listener: Listener;
    readonly incident: string;
    readonly knows: KnownIncident | undefined;
  }[];
}

export const incidentKey = (channelId: string, incident: string): string => `${channelId}|${incident}`;
export const messageKey = (channelId: string, family: Family): string => `${channelId}|${family}`;

/** Hands changes to those who want to hear them, by the grouping rule. Pure: the same facts, the same messages. */
export const address = (told: readonly ToldChange[], knowledge: Knowledge): Addressed => {
  const parts = knowledge.listeners.map((listener) => addressOne(listener, told, knowledge));
  return {
    messages: parts.flatMap(({ messages }) => messages),
    incidents: parts.flatMap(({ incidents }) => incidents),
  };
};

const addressOne = (listener: Listener, told: readonly ToldChange[], knowledge: Knowledge): Addressed => {
  const knows = new Map<string, KnownIncident | undefined>();
  const heard: ToldChange[] = [];
  for (const { eventName, change } of told.filter(({ change }) => concerns(listener, change, knowledge.presences))) {
    const incident = change.state === undefined ? undefined : change.subject;
    const key = incidentKey(listener.id, incident ?? '');
    const known = incident !== undefined && knows.has(incident) ? knows.get(incident) : knowledge.incidents.get(key);
    const story = storyOf(change, known);
    const isWanted = story.told !== undefined && wants(listener, story.told);
    if (isWanted && story.told) heard.push({ eventName, change: story.told });
    // What a filter kept back was not told, unless it is the end.
    if (incident !== undefined && (isWanted || change.state === 'healthy')) knows.set(incident, story.knows);
  }
  return {
    messages: byFamily(heard).map(([family, changes]) => messageOf(listener, family, changes, knowledge)),
    incidents: [...knows].map(([incident, state]) => ({ listener, incident, knows: state })),
  };
};

const messageOf = (
  listener: Listener,
  family: Family,
  changes: readonly [ToldChange, ...ToldChange[]],
  { open }: Knowledge,
): Addressed['messages'][number] => {
  const before = open.get(messageKey(listener.id, family));
  const [first, ...rest] = changes;
  return {
    listener,
    family,
    openId: before?.id,
    changeKey: `${family}|${first.eventName}`,
    gathered: gather(before?.gathered, [first.change, ...rest.map(({ change }) => change)]),
  };
};

const byFamily = (told: readonly ToldChange[]): [Family, readonly [ToldChange, ...ToldChange[]]][] => {
  const families = new Map<Family, [ToldChange, ...ToldChange[]]>();
  for (const one of told) {
    const family = familyOf(one.change.kind);
    const known = families.get(family);
    if (known) known.push(one);
    else families.set(family, [one]);
  }
  return [...families];
};

/** Whose business a change is; tenants hear of nobody else's. */
export const concerns = (listener: Listener, change: Change, presences: readonly Presence[]): boolean => {
  if (Date.parse(change.at) < listener.readySince.getTime()) return false;
  if (listener.scope === 'instance') return true;
  if (change.workspaceId !== null) return change.workspaceId === listener.workspaceId;
  const { platform, region } = change;
  if (platform === undefined) return true;
  return presences.some(
    (one) =>
      one.workspaceId === listener.workspaceId &&
      one.platform === platform &&
      (region === undefined || one.region === region),
  );
};

/** The channel's filters; who heard of a beginning hears of the end, however harmless that is. */
export const wants = ({ kinds, minSeverity }: Listener, { kind, severity }: Change): boolean =>
  (kinds.length === 0 || kinds.includes(kind)) && (kind === 'incident.recovered' || isAtLeast(severity, minSeverity));
