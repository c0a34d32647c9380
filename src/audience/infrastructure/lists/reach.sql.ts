import type { Channel } from '../../domain/lists/channels.js';

/** The topic of broadcast `b`, as SQL; see `topicOf`. */
export const TOPIC_OF_BROADCAST = `(case b.kind when 'news' then 'news' else 'outages' end)`;

const ON_CHANNEL = {
  email: `s.status = 'confirmed' and s.email is not null`,
  sms: `s.phone_status = 'confirmed' and s.phone is not null and s.status <> 'erased'`,
} as const;

const HMAC_ON = { email: 's.email_hmac', sms: 's.phone_hmac' } as const;

/**
 * Who may be written to, over alias `s` of `subscriber`: confirmed on the channel, accepting the topic, not suppressed.
 * Asked when recipients are frozen, claimed and handed over alike.
 * @param topic SQL for `outages` or `news`; null stands for any of the two
 */
export const reachable = (channel: Channel, topic: string): string => `
  ${ON_CHANNEL[channel]}
  and (${topic} is null or '${channel}:' || ${topic} = any (s.accepts))
  and s.accepts && '{${channel}:outages,${channel}:news}'
  and not exists (select 1 from suppression x where x.workspace_id = s.workspace_id and x.channel = '${channel}'
                     and x.address_hmac = ${HMAC_ON[channel]})`;
