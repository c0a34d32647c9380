import { Modal, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../access/session.ts';
import { BY_CURSOR, itemsOf } from '../api/by-cursor.ts';
import { accountsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { type PlatformName, PLATFORMS } from '../ui/platforms.ts';
import { AccountCard } from './account-card.tsx';
import { CameBack } from './came-back.tsx';
import { ConnectButton, ConnectForm } from './connect-form.tsx';

const PAGE = 50;
const RANK: Readonly<Record<AccountDto['status'], number>> = {
  needs_reconnect: 0,
  paused: 1,
  active: 2,
  disconnected: 3,
};

/** Who we publish as. `new` or a platform: one is being connected; an account: it is being connected again. */
export default function AccountsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [connecting, setConnecting] = useState<AccountDto | 'new' | PlatformName>();
  const [withGone, setWithGone] = useState(false);
  const query = useInfiniteQuery({ ...accountsListInfiniteOptions({ query: { limit: PAGE } }), ...BY_CURSOR });
  const items = itemsOf(query.data);
  const [params, setParams] = useSearchParams();
  const asked = connecting ?? items.find(({ id }) => id === params.get('account'));
  const stop = (): void => {
    setConnecting(undefined);
    if (params.has('account')) setParams({}, { replace: true });
  };
  const connect = may('accounts:write') && <ConnectButton onClick={() => setConnecting('new')} />;
  return (
    <PageFrame
      title={t('page.accounts')}
      actions={
        <>
          <Switch
            label={t('accounts.withGone')}
            checked={withGone}
            onChange={({ currentTarget }) => setWithGone(currentTarget.checked)}
          />
          {connect}
        </>
      }
    >
      <Stack>
        <CameBack
          onAgain={(platform, id) => setConnecting(items.find((one) => one.id === id) ?? asPlatform(platform))}
        />
        <Listed query={query} empty={<EmptyState what={t('accounts.empty')} next={connect} />}>
          {(found) => {
            const cards = shown(found, withGone);
            // All that there were are disconnected, and not asked for.
            if (cards.length === 0) return <EmptyState what={t('accounts.empty')} next={connect} />;
            return (
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} style={{ alignItems: 'start' }}>
                {cards.map((account) => (
                  <AccountCard key={account.id} account={account} onReconnect={() => setConnecting(account)} />
                ))}
              </SimpleGrid>
            );
          }}
        </Listed>
      </Stack>
      <Modal
        opened={asked !== undefined}
        onClose={stop}
        title={typeof asked === 'object' ? `${t('now.reconnect')}: ${asked.displayName}` : t('accounts.connect')}
      >
        {asked && (
          <ConnectForm
            {...(typeof asked === 'object' ? { account: asked } : {})}
            {...(typeof asked === 'string' && asked !== 'new' ? { first: asked } : {})}
            onDone={stop}
          />
        )}
      </Modal>
    </PageFrame>
  );
}

const asPlatform = (name: string): PlatformName | 'new' => PLATFORMS.find((one) => one === name) ?? 'new';

/** Those that need somebody come first. */
const shown = (items: readonly AccountDto[], withGone: boolean): AccountDto[] =>
  items.filter(({ status }) => withGone || status !== 'disconnected').sort((a, b) => RANK[a.status] - RANK[b.status]);
