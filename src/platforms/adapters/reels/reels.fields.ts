import type { PublishContent } from '../../domain/publish-content.js';
import type { Rejected } from '../../domain/publish-outcome.js';

export const HOSTING_NEEDED: Rejected = {
  kind: 'rejected',
  category: 'platform_rejected',
  platformCode: 'no_hosted_url',
  detail:
    'REELS_SOURCE=url needs PUBLIC_URL, from which Instagram fetches the file. Set it, or use REELS_SOURCE=bytes.',
};

export const UNREACHABLE =
  'Instagram could not fetch the file. Check that PUBLIC_URL can be reached from the internet, or use REELS_SOURCE=bytes.';

/** The words of a container; where its bytes come from is added by the caller. */
export const containerFields = ({ caption, options }: PublishContent): Record<string, string> => ({
  media_type: 'REELS',
  caption,
  ...(typeof options['shareToFeed'] === 'boolean' ? { share_to_feed: String(options['shareToFeed']) } : {}),
  ...(typeof options['thumbOffsetMs'] === 'number' ? { thumb_offset: String(options['thumbOffsetMs']) } : {}),
  ...(typeof options['audioName'] === 'string' ? { audio_name: options['audioName'] } : {}),
  ...(typeof options['isAiGenerated'] === 'boolean' ? { is_ai_generated: String(options['isAiGenerated']) } : {}),
  ...collaborators(options['collaborators']),
  ...trial(options['trialGraduation']),
});

/** At most three usernames. */
const collaborators = (names: unknown): Record<string, string> =>
  Array.isArray(names) && names.length > 0 ? { collaborators: names.filter(isText).join(',') } : {};

/** A trial reel is shown to strangers first and joins the profile by hand or when it does well. */
const trial = (graduation: unknown): Record<string, string> =>
  graduation === 'MANUAL' || graduation === 'SS_PERFORMANCE'
    ? { trial_params: JSON.stringify({ graduation_strategy: graduation }) }
    : {};

const isText = (value: unknown): value is string => typeof value === 'string';
