import type { Violation } from '../../../kernel/domain-error.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { type ContentRule, rulesOf } from '../../domain/content-rule.js';
import { checkRules, limitsOf } from '../../domain/content-rules.js';
import { type AbsenceRule, Platform, type PlatformCapabilities } from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';

/** UpScrolled publishes no limits; 280 characters were reported by one source (unverified). */
export const UPSCROLLED_RULES: readonly ContentRule[] = rulesOf(
  { source: 'https://upscrolled.com', readOn: '2026-11' },
  [{ rule: 'caption.max_utf16', max: 280 }],
);

const UPSCROLLED_CAPABILITIES: PlatformCapabilities = {
  platform: 'upscrolled',
  displayName: 'UpScrolled',
  ...limitsOf(UPSCROLLED_RULES),
  canRemove: false,
  canList: false,
  isHandOff: true,
  countsViews: false,
  commitTimeoutMs: 1_000,
  processingP99Ms: DAY_MS,
};

const ONLY_BY_HAND = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'UpScrolled has no API: connect with {"mode":"handoff","notifyEmail":"you@example.com"}',
} as const;

/** UpScrolled has no API and we ask none of its own: only hand-off accounts exist, which never get here. */
export class UpScrolledAdapter extends Platform {
  readonly name = 'upscrolled';
  readonly absenceRule: AbsenceRule = { witness: 'none', reads: 1, spacingSeconds: 60, holdSeconds: 60 };

  /** How its links look is known from one third party only: any https link is kept as given. */
  override postLinkOf(url: string): PostLink | undefined {
    return URL.canParse(url) && new URL(url).protocol === 'https:' ? { permalink: url } : undefined;
  }

  capabilities(): PlatformCapabilities {
    return UPSCROLLED_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkRules(draft, UPSCROLLED_RULES);
  }

  prepare(): Promise<outcome.PrepareOutcome> {
    return Promise.resolve(ONLY_BY_HAND);
  }

  commit(): Promise<outcome.CommitOutcome> {
    return Promise.resolve(ONLY_BY_HAND);
  }

  check(): Promise<outcome.CheckOutcome> {
    return Promise.resolve({ kind: 'inconclusive' });
  }

  find(): Promise<outcome.FindOutcome> {
    return Promise.resolve({ kind: 'unsupported' });
  }

  remove(): Promise<outcome.RemoveOutcome> {
    return Promise.resolve({ kind: 'unsupported' });
  }

  probe(): Promise<outcome.ProbeOutcome> {
    return Promise.resolve({ kind: 'skipped' });
  }

  connect(): Promise<outcome.ConnectOutcome> {
    return Promise.resolve(ONLY_BY_HAND);
  }

  refresh(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** Share pages as one third-party tool names them; unverified, so a hint on the page and never a gate. */
export const UPSCROLLED_SHARE_LINK = /^https:\/\/share\.upscrolled\.com\/[a-z-]+\/post\/[A-Za-z0-9_-]+$/;
