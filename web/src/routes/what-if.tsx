import { Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { Panel } from '../ui/panel.tsx';
import { PLATFORMS, platformTitle } from '../ui/platforms.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { RegionSelect, regionsOf } from '../ui/region-select.tsx';
import type { Flow } from './flows.ts';
import { FlowsTable } from './flows-table.tsx';
import { MoveNow } from './move-now.tsx';
import { OutagePicture } from './outage-picture.tsx';
import { type Outage, useWhatIf } from './use-what-if.ts';

const firstOf = (accounts: readonly AccountDto[]): Outage['platform'] =>
  PLATFORMS.find((platform) => accounts.some((account) => account.platform === platform)) ?? 'tiktok';

/** "What would happen if TikTok went down now": as a picture, and as a table. */
export const WhatIf = ({ accounts }: { readonly accounts: readonly AccountDto[] }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [outage, setOutage] = useState<Outage>(() => ({ platform: firstOf(accounts) }));
  const { flows, error, routes, isCounted } = useWhatIf(outage);
  const title = t('routes.whatIf', { platform: platformTitle(outage.platform) });
  const moving = flows?.reduce((sum, { toId, count }) => sum + (toId === undefined ? 0 : count), 0) ?? 0;
  return (
    <Panel title={title} actions={<OutageChoice accounts={accounts} outage={outage} onChange={setOutage} />}>
      {error != null && <ProblemNote error={error} />}
      {!flows && error == null && <Skeleton h={180} />}
      {flows && (
        <Stack>
          <Text size="sm" aria-live="polite">
            <Summary flows={flows} isCounted={isCounted} />
          </Text>
          <OutagePicture {...{ flows, accounts, routes, title, isCounted }} />
          <FlowsTable {...{ flows, accounts, routes, isCounted }} />
          {may('posts:write') && <MoveNow key={`${outage.platform} ${outage.region}`} outage={outage} count={moving} />}
        </Stack>
      )}
    </Panel>
  );
};

interface SummaryProps {
  readonly flows: readonly Flow[];
  readonly isCounted: boolean;
}

const Summary = ({ flows, isCounted }: SummaryProps) => {
  const { t } = useTranslation();
  const total = (isMoved: boolean) =>
    flows.filter(({ toId }) => (toId !== undefined) === isMoved).reduce((sum, { count }) => sum + count, 0);
  const stranded = flows.filter(({ toId, count }) => toId === undefined && count === 0).length;
  const noWay = stranded > 0 && ` ${t('routes.noWay', { count: stranded })}`;
  if (!isCounted)
    return (
      <>
        {t('routes.notCounted')}
        {noWay}
      </>
    );
  return (
    <>
      {total(true) + total(false) === 0 ? t('routes.nothingDue') : t('routes.wouldMove', { count: total(true) })}
      {total(false) > 0 && ` ${t('routes.wouldStay', { count: total(false) })}`}
      {noWay}
    </>
  );
};

interface OutageChoiceProps {
  readonly accounts: readonly AccountDto[];
  readonly outage: Outage;
  readonly onChange: (outage: Outage) => void;
}

const OutageChoice = ({ accounts, outage, onChange }: OutageChoiceProps) => {
  const { t } = useTranslation();
  const platforms = [...new Set(accounts.map(({ platform }) => platform))];
  return (
    <Group gap="xs">
      <Select
        aria-label={t('routes.platform')}
        data={platforms.map((value) => ({ value, label: platformTitle(value) }))}
        value={outage.platform}
        onChange={(platform) => platform && onChange({ platform: platform })}
        allowDeselect={false}
        w={140}
      />
      {regionsOf(accounts, outage.platform).length > 1 && (
        <RegionSelect
          aria-label={t('routes.region')}
          accounts={accounts}
          platform={outage.platform}
          value={outage.region ?? ''}
          onChange={(region) => onChange({ platform: outage.platform, ...(region === '' ? {} : { region }) })}
          w={170}
        />
      )}
    </Group>
  );
};
