import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  broadcastPlanningApproveMutation,
  broadcastPlanningPreviewMutation,
  broadcastPlanningScheduleMutation,
  broadcastSendingCancelMutation,
  broadcastSendingSendMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse, SendBroadcastDto } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { useDeed } from '../../api/use-deed.ts';
import { instantOfWall } from '../../ui/wall-time.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { confirm } from '../../ui/confirm.ts';
import { Panel } from '../../ui/panel.tsx';
import { tellProblem } from '../../ui/tell.ts';
import { useTimes } from '../../ui/times.ts';
import { acceptableFindings } from './acceptable.ts';

const TAGS = ['Audience', 'Now'];

type Accepted = NonNullable<SendBroadcastDto['acceptFindings']>;

interface SendPanelProps {
  readonly broadcast: BroadcastResponse;
  readonly isChanged: boolean;
}

type Refused = (error: unknown) => void;

/** Where only name servers speak against it, whoever sends may take that upon himself; everything else is told. */
const useAllTheSame = () => {
  const { t } = useTranslation();
  return (go: (more: { readonly acceptFindings?: Accepted }, onError: Refused) => void): void =>
    go({}, (error) => {
      const problem = toProblem(error);
      const acceptFindings = acceptableFindings(problem);
      if (!acceptFindings) return tellProblem(problem);
      const text = problem.fields.map(({ message }) => message).join(' ');
      const words = { title: t('audience.broadcast.acceptTitle'), text, yes: t('audience.broadcast.acceptYes') };
      void confirm(words).then((isYes) => isYes && go({ acceptFindings }, tellProblem));
    });
};

/** Asks how many people would get it, and names them before anything leaves. */
const useCounted = (id: string) => {
  const { t } = useTranslation();
  const count = useDeed(broadcastPlanningPreviewMutation(), { tags: [] });
  const ask = (
    words: (recipients: number) => { readonly title: string; readonly yes: string },
    go: (recipients: number) => void,
  ): void =>
    count.mutate(
      { path: { id } },
      {
        onSuccess: ({ recipients }) => {
          const text = t('audience.broadcast.sendText', { count: recipients });
          void confirm({ ...words(recipients), text, isGrave: true }).then((isYes) => isYes && go(recipients));
        },
      },
    );
  return { ask, isCounting: count.isPending };
};

export const SendPanel = ({ broadcast, isChanged }: SendPanelProps) => {
  const { t } = useTranslation();
  const { zone, moment } = useTimes();
  const path = { id: broadcast.id };
  const [wall, setWall] = useState('');
  const at = wall === '' ? undefined : instantOfWall(wall, zone);
  const send = useDeed(broadcastSendingSendMutation(), { tags: TAGS, inForm: true });
  const schedule = useDeed(broadcastPlanningScheduleMutation(), {
    tags: TAGS,
    said: t('audience.broadcast.scheduled'),
    inForm: true,
  });
  const approve = useDeed(broadcastPlanningApproveMutation(), { tags: TAGS, said: t('audience.broadcast.approved') });
  const cancel = useDeed(broadcastSendingCancelMutation(), { tags: TAGS, said: t('audience.broadcast.cancelled') });
  const { ask, isCounting } = useCounted(broadcast.id);
  const allTheSame = useAllTheSame();
  const sendTo = (confirmRecipients: number): void =>
    allTheSame((more, onError) => send.mutate({ path, body: { confirmRecipients, ...more } }, { onError }));
  const scheduleFor = (confirmRecipients: number, scheduledAt: string): void =>
    allTheSame((more, onError) =>
      schedule.mutate({ path, body: { scheduledAt, confirmRecipients, ...more } }, { onError }),
    );
  const sendNow = (): void =>
    ask(
      (count) => ({
        title: t('audience.broadcast.sendTitle', { count }),
        yes: t('audience.broadcast.sendYes', { count }),
      }),
      sendTo,
    );
  const sendLater = (scheduledAt: string): void =>
    ask(
      (count) => ({
        title: t('audience.broadcast.scheduleTitle', { count, at: moment(scheduledAt) }),
        yes: t('audience.broadcast.scheduleYes'),
      }),
      (recipients) => scheduleFor(recipients, scheduledAt),
    );
  return (
    <Panel
      title={t('audience.broadcast.out')}
      note={isChanged ? t('audience.broadcast.saveFirst') : t('audience.broadcast.outWhat')}
    >
      <Group align="flex-end">
        <Button disabled={isChanged} loading={isCounting || send.isPending} onClick={sendNow}>
          {t('audience.broadcast.sendNow')}
        </Button>
        <TextInput
          type="datetime-local"
          label={t('audience.broadcast.at')}
          description={t('common.timesIn', { zone })}
          value={wall}
          onChange={({ currentTarget }) => setWall(currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={isChanged || at === undefined}
          loading={schedule.isPending}
          onClick={() => at !== undefined && sendLater(at)}
        >
          {t('audience.broadcast.schedule')}
        </Button>
        <Button
          variant="default"
          disabled={isChanged}
          loading={approve.isPending}
          onClick={() => approve.mutate({ path })}
        >
          {t('audience.broadcast.approve')}
        </Button>
        <AskButton
          size="sm"
          label={t('audience.broadcast.discard')}
          title={t('audience.broadcast.discardTitle')}
          text={t('audience.broadcast.cancelText')}
          yes={t('audience.broadcast.discard')}
          onYes={() => cancel.mutate({ path })}
        />
      </Group>
    </Panel>
  );
};
