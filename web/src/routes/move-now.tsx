import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reroutesReroute, undoReroutesExecute } from '../api/generated/sdk.gen.ts';
import type { ReroutePlanResponse } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { confirm } from '../ui/confirm.ts';
import { platformTitle } from '../ui/platforms.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { takeBack } from './take-back.ts';
import type { Outage } from './use-what-if.ts';

const TOUCHED = ['Now', 'Targets', 'Posts', 'Calendar', 'Readiness'];

/** Moves what waits, as the picture says; what was moved can be taken back, when nothing is left to move as well. */
export const MoveNow = ({ outage, count }: { readonly outage: Outage; readonly count: number }) => {
  const { t } = useTranslation();
  const [done, setDone] = useState<ReroutePlanResponse>();
  const move = useMutation({
    mutationFn: async () => (await reroutesReroute({ body: outage })).data,
    onSuccess: (plan) => {
      setDone(plan);
      void refreshTags(TOUCHED);
    },
    onError: tellProblem,
  });
  const ask = async () => {
    const title = t('routes.moveNow', { count });
    const text = t('routes.moveText', { platform: platformTitle(outage.platform) });
    if (await confirm({ title, text, yes: title, isGrave: false })) move.mutate();
  };
  return (
    <Stack gap="sm">
      {count > 0 && (
        <Group>
          <Button variant="default" loading={move.isPending} onClick={() => void ask()}>
            {t('routes.moveNow', { count })}
          </Button>
        </Group>
      )}
      {done && <Moved plan={done} onUndone={() => setDone(undefined)} />}
    </Stack>
  );
};

interface MovedProps {
  readonly plan: ReroutePlanResponse;
  readonly onUndone: () => void;
}

const Moved = ({ plan, onUndone }: MovedProps) => {
  const { t } = useTranslation();
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const undo = useMutation({
    mutationFn: () =>
      takeBack(
        plan.moves.map(({ targetId }) => targetId),
        (id) => undoReroutesExecute({ path: { id } }),
      ),
    onSuccess: ({ count, refusals: refused }) => {
      void refreshTags(TOUCHED);
      setRefusals(refused);
      tellDone(t('routes.undone', { count }));
      if (refused.length === 0) onUndone();
    },
  });
  return (
    <Alert color="teal" role="status" title={t('routes.moved', { count: plan.moves.length })}>
      <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
        {t('common.undo')}
      </Button>
      {refusals.length > 0 && (
        <List size="sm" mt="xs">
          {refusals.map((refusal) => (
            <List.Item key={refusal}>{refusal}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
};
