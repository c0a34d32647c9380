import { useTranslation } from 'react-i18next';
import { platformTitle } from '../ui/platforms.ts';
import { useRegions } from '../ui/regions.ts';
import { useTimes } from '../ui/times.ts';
import type { FirstLine, Trouble } from './first-line.ts';

const TODAY_MS = 20 * 3_600_000;

/** Says the first line in words: "TikTok is down in the US since 02:14. 3 posts moved to Reels, 1 needs you." */
export const useSentence = (line: FirstLine, nowMs: number): string => {
  const { t } = useTranslation();
  const { moment, clock } = useTimes();
  const { within } = useRegions();
  const when = (iso: string): string => (nowMs - Date.parse(iso) < TODAY_MS ? clock(iso) : moment(iso));
  const say = ({ platform, state, regions, since }: Trouble): string => {
    const what = t(`now.trouble.${state}`, { platform: platformTitle(platform) });
    const where = regions.map(within).join(', ');
    return `${[what, where, since === undefined ? '' : t('now.since', { at: when(since) })].filter(Boolean).join(' ')}.`;
  };
  const clauses = [
    line.moved > 0 &&
      (line.movedTo === undefined
        ? t('now.clause.moved', { count: line.moved })
        : t('now.clause.movedTo', { count: line.moved, platform: platformTitle(line.movedTo) })),
    line.held > 0 && t('now.clause.held', { count: line.held }),
    line.unconfirmed > 0 && t('now.clause.unconfirmed', { count: line.unconfirmed }),
    line.failed > 0 && t('now.clause.failed', { count: line.failed }),
    line.needsDecision > 0 && t('now.clause.needsDecision', { count: line.needsDecision }),
  ].filter((clause) => clause !== false);
  const sentences = [
    ...line.troubles.map(say),
    ...(clauses.length > 0 ? [`${clauses.join(', ')}.`] : []),
    ...(line.reconnect > 0 ? [t('now.clause.reconnect', { count: line.reconnect })] : []),
  ];
  if (sentences.length > 0 && line.tone !== 'calm') return sentences.join(' ');
  const next = line.nextAt === undefined ? t('now.nothingDue') : t('now.next', { at: when(line.nextAt) });
  return [t('now.allWell'), ...sentences, next].join(' ');
};
