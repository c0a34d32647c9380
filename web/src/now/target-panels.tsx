import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { platformTitle } from '../ui/platforms.ts';
import { useTimes } from '../ui/times.ts';
import { useHoldWords } from '../ui/use-hold-words.ts';
import { Answers } from './answers.tsx';
import type { NowAnswer, NowTarget } from './now-answer.ts';
import { TargetPanel } from './target-panel.tsx';

interface TargetPanelsProps {
  readonly now: NowAnswer;
  readonly nowMs: number;
}

/** What waits, moved, is in doubt or failed. */
export const TroubledPanels = ({ now, nowMs }: TargetPanelsProps) => {
  const { t } = useTranslation();
  const { moment, fromNow } = useTimes();
  const { held, rerouted, unconfirmed, failedToday } = now;
  const why = useHoldWords();
  return (
    <>
      <TargetPanel
        title={t('now.list.unconfirmed')}
        list={unconfirmed}
        say={({ nextCheckAt }) =>
          nextCheckAt ? t('now.nextCheck', { in: fromNow(nextCheckAt, nowMs) }) : t('now.checking')
        }
        act={(target) => <Answers target={target} />}
      />
      <TargetPanel
        title={t('now.list.held')}
        list={held}
        say={({ holdReason, holdUntil }) =>
          [why(holdReason), holdUntil && t('now.until', { at: moment(holdUntil) })].filter(Boolean).join(' · ')
        }
      />
      <TargetPanel title={t('now.list.rerouted')} list={rerouted} say={(target) => <Moved target={target} />} />
      <TargetPanel
        title={t('now.list.failed')}
        list={failedToday}
        say={({ status, error }) => `${t(`state.${status}`)}${error ? ` · ${error.detail}` : ''}`}
      />
    </>
  );
};

/** What goes out within a day. */
export const DuePanel = ({ now, nowMs }: TargetPanelsProps) => {
  const { t } = useTranslation();
  const { moment, fromNow } = useTimes();
  return (
    <TargetPanel
      title={t('now.list.due')}
      list={now.due}
      say={({ scheduledAt, status }) =>
        status === 'publishing' ? t('state.publishing') : `${moment(scheduledAt)} · ${fromNow(scheduledAt, nowMs)}`
      }
    />
  );
};

const Moved = ({ target: { platform, replacement } }: { readonly target: NowTarget }) => {
  const { t } = useTranslation();
  if (!replacement) return <>{t('state.rerouted')}</>;
  const to = `${platformTitle(replacement.platform)} (${replacement.accountName})`;
  return (
    <>
      {platformTitle(platform)} → {to} · {t(`state.${replacement.status}`)}
      {replacement.permalink && (
        <>
          {' · '}
          <Anchor href={replacement.permalink} target="_blank" rel="noreferrer" size="sm" underline="always">
            {t('now.open')}
          </Anchor>
        </>
      )}
    </>
  );
};
