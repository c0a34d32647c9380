import { Anchor, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queueActionsPreviewMutation, queuesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { QueueDto } from '../api/generated/types.gen.ts';
import { useSession } from '../access/session.ts';
import { Panel } from '../ui/panel.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { wallTime } from '../ui/wall-time.ts';
import { useComposing } from './draft-context.ts';
import { type Draft, MODES } from './draft.ts';
import { errorText, ofPost, ofTargets } from './findings.ts';
import { firstFree, queuesFor } from './free-slot.ts';
import { RuleFields } from './rule-fields.tsx';

const MANY = 100;
const DAY_MS = 86_400_000;
const LOOK_AHEAD_DAYS = 30;

/** When it goes out. */
export const ScheduleStep = () => {
  const { t } = useTranslation();
  const { draft, dispatch, stored } = useComposing();
  const { mode } = draft;
  // A one-shot stays one: only what is new can become evergreen, and only an evergreen post recurs.
  const modes = MODES.filter(
    (name) => !stored || (name !== 'evergreen' && (name !== 'recurring' || stored.kind === 'evergreen')),
  );
  const put = (change: Partial<Draft>): void => dispatch({ type: 'set', change });
  return (
    <Panel title={t('compose.when')}>
      <Radio.Group
        aria-label={t('compose.when')}
        value={mode}
        onChange={(value) => put({ mode: MODES.find((name) => name === value) ?? mode })}
      >
        <Group gap="md">
          {modes.map((name) => (
            <Radio
              key={name}
              value={name}
              label={name === 'draft' && stored ? t('compose.modeStored') : t(`compose.mode.${name}`)}
            />
          ))}
        </Group>
      </Radio.Group>
      {mode === 'at' && <TimeInput label="timeIn" />}
      {mode === 'at' && <FreeSlot />}
      {mode === 'now' && <Text size="sm">{t('compose.nowWhat')}</Text>}
      {mode === 'draft' && !stored && <Text size="sm">{t('compose.draftWhat')}</Text>}
      {mode === 'evergreen' && <EvergreenNote />}
      {mode === 'recurring' && <TimeInput label="start" />}
      {mode === 'recurring' && <RuleFields />}
    </Panel>
  );
};

const TimeInput = ({ label }: { readonly label: 'timeIn' | 'start' }) => {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const { draft, dispatch, check } = useComposing();
  const nowMs = useNowMs();
  const places = draft.accountIds.map((_, index) => index);
  const said = [...ofPost(check.findings, 'scheduledAt'), ...ofTargets(check.findings, places, 'scheduledAt')];
  const warning = said.find(({ isWarning }) => isWarning)?.message;
  return (
    <TextInput
      type="datetime-local"
      label={t(`compose.${label}`, { zone: timezone })}
      description={warning}
      value={draft.at}
      min={wallTime(new Date(nowMs).toISOString(), timezone)}
      onChange={({ currentTarget }) => dispatch({ type: 'set', change: { at: currentTarget.value } })}
      error={errorText(said)}
      maw={320}
      required
    />
  );
};

/** Takes the time of a queue's next place that no evergreen post fills, and its accounts. */
const FreeSlot = () => {
  const { t } = useTranslation();
  const times = useTimes();
  const { draft, dispatch } = useComposing();
  const queues = useQuery(queuesListOptions({ query: { limit: MANY } }));
  const preview = useMutation({ ...queueActionsPreviewMutation(), onError: tellProblem });
  if (!queues.data || queues.data.items.length === 0) return undefined;
  const seek = async (queue: QueueDto): Promise<void> => {
    const to = new Date(Date.now() + LOOK_AHEAD_DAYS * DAY_MS).toISOString();
    const answer = await preview.mutateAsync({ path: { id: queue.id }, body: { to } });
    const at = firstFree(answer, Date.now());
    if (at === undefined) return tellDone(t('compose.noFreeSlot', { queue: queue.name }));
    const accountIds = [...new Set([...draft.accountIds, ...queue.accountIds])];
    dispatch({ type: 'set', change: { at: wallTime(at, times.zone), accountIds } });
    tellDone(t('compose.slotFound', { when: times.moment(at), queue: queue.name }));
  };
  return (
    <Select
      label={t('compose.freeSlot')}
      placeholder="…"
      value={null}
      disabled={preview.isPending}
      data={queues.data.items.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id) => {
        const queue = queues.data.items.find((item) => item.id === id);
        if (queue) void seek(queue).catch(() => undefined);
      }}
      maw={320}
    />
  );
};

const EvergreenNote = () => {
  const { t } = useTranslation();
  const { draft } = useComposing();
  const { data } = useQuery(queuesListOptions({ query: { limit: MANY } }));
  const found = queuesFor(draft.tags, data?.items ?? []).map(({ name }) => name);
  return (
    <Stack gap={4}>
      <Text size="sm">{t('compose.evergreenWhat')}</Text>
      {data && (
        <Text size="sm" fw={500}>
          {found.length > 0 ? (
            t('compose.evergreenGoes', { queues: found.join(', ') })
          ) : (
            <>
              {t('compose.evergreenNowhere')}{' '}
              <Anchor component={Link} to="/queues" size="sm">
                {t('compose.makeQueue')}
              </Anchor>
            </>
          )}
        </Text>
      )}
    </Stack>
  );
};
