import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../access/session.ts';
import { drillsCancelMutation, drillsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { DrillDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Answered } from '../ui/answered.tsx';
import { confirm } from '../ui/confirm.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { ProgressNote } from '../ui/progress-note.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useTimes } from '../ui/times.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { isUnderWay, pollWhileRunning } from './drill-progress.ts';
import { DrillReport } from './drill-report.tsx';
import { DrillTargets } from './drill-targets.tsx';

/** One drill: how far it is, then what it found. */
export const DrillDetail = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    ...drillsGetOptions({ path: { id } }),
    refetchInterval: ({ state }) => pollWhileRunning(state.data ? [state.data] : []),
  });
  const name = query.data
    ? t('drills.name', { platform: platformTitle(query.data.platform), kind: t(`drills.kind.${query.data.kind}`) })
    : t('drills.one');
  return (
    <PageFrame title={name} actions={query.data && <CancelButton drill={query.data} />}>
      <Anchor component={Link} to="/drills" size="sm" underline="always">
        {t('drills.toAll')}
      </Anchor>
      <Answered query={query}>{(drill) => <Everything drill={drill} />}</Answered>
    </PageFrame>
  );
};

const Everything = ({ drill }: { readonly drill: DrillDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const nowMs = useNowMs();
  const { status, startsAt, schedule, progress, report, problem } = drill;
  const { checked, total } = progress;
  return (
    <Stack>
      <Group gap="xs">
        <StateBadge state={status} />
        <Text size="sm">
          {moment(startsAt)}
          {schedule && ` · ${t('drills.when.weekly')}`}
        </Text>
      </Group>
      {isUnderWay(drill, nowMs) && (
        <ProgressNote
          label={t('drills.running')}
          done={checked}
          total={total === 0 ? undefined : total}
          detail={t('drills.progress', { checked, total })}
        />
      )}
      {problem && <Alert color="red" title={problem.text} role="alert" />}
      {report && <DrillReport report={report} />}
      {report && <DrillTargets id={drill.id} />}
    </Stack>
  );
};

const CancelButton = ({ drill: { id, status, schedule } }: { readonly drill: DrillDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const cancel = useMutation({
    ...drillsCancelMutation(),
    onError: tellProblem,
    onSuccess: () => {
      tellDone(t('drills.cancelled'));
      void refreshTags(['Drills']);
    },
  });
  if (!may('health:write') || (status !== 'planned' && status !== 'running')) return null;
  const ask = async () => {
    const yes = t('drills.cancel');
    if (await confirm({ title: yes, text: t(schedule ? 'drills.cancelSeries' : 'drills.cancelText'), yes }))
      cancel.mutate({ path: { id }, body: {} });
  };
  return (
    <Button variant="default" loading={cancel.isPending} onClick={() => void ask()}>
      {t('drills.cancel')}
    </Button>
  );
};
