import { newCallId } from '../api/call-id.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { omit } from '../ui/omit.ts';
import type { PlatformName } from '../ui/platforms.ts';
import { DAILY, type SimpleRule } from './simple-rule.ts';

export type Options = Readonly<Record<string, unknown>>;

/** Words of one platform; what is absent is as in the post. */
export interface Words {
  readonly caption?: string;
  readonly title?: string;
  readonly options?: Options;
}

/** `draft`: keep it; `now`, `at`: one run; `recurring`: by a rule; `evergreen`: queues take it again and again. */
export const MODES = ['at', 'now', 'recurring', 'evergreen', 'draft'] as const;

export type Mode = (typeof MODES)[number];

/** Everything that is typed and chosen before it is saved. */
export interface Draft {
  /** Idempotency key of the one call that creates or schedules: the same until it succeeded. */
  readonly key: string;
  readonly mediaId?: string;
  readonly caption: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly options: Options;
  readonly variants: Readonly<Partial<Record<PlatformName, Words>>>;
  readonly hashtagSetIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly mode: Mode;
  /** Wall time in the workspace's zone, `YYYY-MM-DDTHH:mm`; empty: not chosen. */
  readonly at: string;
  readonly rule: SimpleRule;
}

export const emptyDraft = (): Draft => ({
  key: newCallId(),
  caption: '',
  title: '',
  tags: [],
  options: {},
  variants: {},
  hashtagSetIds: [],
  accountIds: [],
  mode: 'at',
  at: '',
  rule: DAILY,
});

/** A stored post as a draft. Its runs stay as they are: a new one is asked for by choosing a time. */
export const draftOf = (post: PostDto): Draft => ({
  ...emptyDraft(),
  mediaId: post.mediaIds[0],
  caption: post.caption,
  title: post.title ?? '',
  tags: post.tags,
  options: post.options,
  variants: post.variants,
  accountIds: [...new Set(post.targets.filter(({ role }) => role === 'origin').map(({ accountId }) => accountId))],
  mode: 'draft',
});

export type DraftAction =
  | { readonly type: 'set'; readonly change: Partial<Draft> }
  | { readonly type: 'replace'; readonly draft: Draft }
  | { readonly type: 'toggleAccount'; readonly accountId: string }
  /** Without a platform: the post's own. `undefined` takes the word or option back. */
  | {
      readonly type: 'word';
      readonly platform?: PlatformName;
      readonly name: 'caption' | 'title';
      readonly value?: string;
    }
  | { readonly type: 'option'; readonly platform?: PlatformName; readonly name: string; readonly value: unknown };

export const reduceDraft = (draft: Draft, action: DraftAction): Draft => {
  switch (action.type) {
    case 'replace':
      return action.draft;
    case 'set':
      return { ...draft, ...action.change };
    case 'toggleAccount':
      return { ...draft, accountIds: toggled(draft.accountIds, action.accountId) };
    case 'word': {
      const { platform, name, value } = action;
      if (!platform) return { ...draft, [name]: value ?? '' };
      return withVariant(draft, platform, without({ ...draft.variants[platform], [name]: value }, undefined));
    }
    case 'option': {
      const { platform, name, value } = action;
      const old = platform ? draft.variants[platform]?.options : draft.options;
      const options = without({ ...old, [name]: value }, undefined, '');
      if (!platform) return { ...draft, options };
      const words: Words = omit(draft.variants[platform] ?? {}, 'options');
      const isPlain = Object.keys(options).length === 0;
      return withVariant(draft, platform, isPlain ? words : { ...words, options });
    }
  }
};

const toggled = (list: readonly string[], entry: string): readonly string[] =>
  list.includes(entry) ? list.filter((other) => other !== entry) : [...list, entry];

const without = <Kept extends object>(from: Kept, ...values: readonly unknown[]): Kept =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => !values.includes(value))) as Kept;

const withVariant = (draft: Draft, platform: PlatformName, words: Words): Draft => {
  const others = omit(draft.variants, platform);
  return { ...draft, variants: Object.keys(words).length === 0 ? others : { ...others, [platform]: words } };
};

/** What a platform would say of the post: its own words, else the post's. */
export const wordsFor = ({ caption, title, options, variants }: Draft, platform?: PlatformName): Required<Words> => {
  const own = platform ? variants[platform] : undefined;
  return {
    caption: own?.caption ?? caption,
    title: own?.title ?? title,
    options: { ...options, ...own?.options },
  };
};

/** Whether there is anything that would be a pity to lose. */
export const isWorthKeeping = ({ mediaId, caption, title, variants }: Draft): boolean =>
  mediaId !== undefined || caption.trim() !== '' || title.trim() !== '' || Object.keys(variants).length > 0;
