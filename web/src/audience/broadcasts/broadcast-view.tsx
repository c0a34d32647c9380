import { Alert, Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { broadcastsGetOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse } from '../../api/generated/types.gen.ts';
import { Answered } from '../../ui/answered.tsx';
import { BroadcastDraftView } from './draft-view.tsx';
import { SendingView } from './sending-view.tsx';

/** Single messages are no events: while mail leaves, the counts are asked for. */
const WHILE_SENDING_MS = 2_000;

export const BroadcastView = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const broadcast = useQuery({
    ...broadcastsGetOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'sending' ? WHILE_SENDING_MS : false),
  });
  return (
    <Stack>
      <Anchor component={Link} to="/audience/broadcasts" size="sm">
        {t('audience.broadcast.back')}
      </Anchor>
      <Answered query={broadcast}>
        {(found) => (
          <>
            {found.pauseReason && <Alert color="yellow">{found.pauseReason}</Alert>}
            <Fitting broadcast={found} />
          </>
        )}
      </Answered>
    </Stack>
  );
};

const Fitting = ({ broadcast }: { readonly broadcast: BroadcastResponse }) =>
  broadcast.status === 'draft' ? (
    <BroadcastDraftView key={broadcast.id} broadcast={broadcast} />
  ) : (
    <SendingView broadcast={broadcast} />
  );
