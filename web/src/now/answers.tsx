import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { confirm } from '../ui/confirm.ts';
import { useTimes } from '../ui/times.ts';
import { LinkForm } from './link-form.tsx';
import type { NowTarget } from './now-answer.ts';
import { useResolve } from './use-resolve.ts';

/** What a person may say of a post in doubt. While we still look for it ourselves, it cannot be given up. */
export const Answers = ({ target }: { readonly target: NowTarget }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const { moment } = useTimes();
  const { isLive, isAbsent, giveUp, isBusy } = useResolve(target.id);
  const [asksLink, setAsksLink] = useState(false);
  const isAsked = target.status === 'needs_decision';
  const size = isAsked ? 'sm' : 'xs';
  const sendAgain = async () => {
    const text = t('now.decision.absentText', { account: target.accountName, until: moment(target.staleAt) });
    if (await confirm({ title: t('now.decision.absent'), text, yes: t('now.decision.absent') })) isAbsent();
  };
  const askGiveUp = async () => {
    const title = t('now.decision.giveUp');
    if (await confirm({ title, text: t('now.decision.giveUpText'), yes: title })) giveUp();
  };
  if (!may('posts:write')) return null;
  if (asksLink) return <LinkForm target={target} resolve={isLive} onCancel={() => setAsksLink(false)} />;
  return (
    <Group gap="xs" role="group" aria-label={target.caption || t('now.noCaption')}>
      <Button size={size} variant={isAsked ? 'filled' : 'default'} disabled={isBusy} onClick={() => setAsksLink(true)}>
        {t('now.decision.live')}
      </Button>
      <Button size={size} variant="default" loading={isBusy} onClick={() => void sendAgain()}>
        {t('now.decision.absent')}
      </Button>
      {isAsked && (
        <Button size={size} variant="subtle" color="gray" disabled={isBusy} onClick={() => void askGiveUp()}>
          {t('now.decision.giveUp')}
        </Button>
      )}
    </Group>
  );
};
