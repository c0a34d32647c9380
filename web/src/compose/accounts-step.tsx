import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { AccountRow } from './account-row.tsx';
import { useComposing } from './draft-context.ts';
import { accountsFor } from './find-accounts.ts';
import { errorText, ofPost } from './findings.ts';

/** So many are found by looking. */
const FEW = 10;

/** Where it goes: every account with its state, its platform's, and what it may still post. */
export const AccountsStep = () => {
  const { t } = useTranslation();
  const { accounts, draft, dispatch, check } = useComposing();
  const able = accounts.filter(({ status }) => status === 'active').map(({ id }) => id);
  const [wanted, setWanted] = useState('');
  const shown = accountsFor(wanted, accounts, draft.accountIds);
  const isAll = able.every((id) => draft.accountIds.includes(id));
  if (accounts.length === 0)
    return (
      <Panel title={t('compose.accounts')}>
        <EmptyState
          what={t('compose.noAccounts')}
          next={
            <Button component={Link} to="/accounts">
              {t('compose.connect')}
            </Button>
          }
        />
      </Panel>
    );
  return (
    <Panel
      title={t('compose.accounts')}
      actions={
        able.length > 1 &&
        !isAll && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() =>
              dispatch({ type: 'set', change: { accountIds: [...new Set([...draft.accountIds, ...able])] } })
            }
          >
            {t('compose.chooseAll')}
          </Button>
        )
      }
    >
      <Checkbox.Group
        aria-label={t('compose.accounts')}
        value={[...draft.accountIds]}
        onChange={(accountIds) => dispatch({ type: 'set', change: { accountIds } })}
        error={errorText(ofPost(check.findings, 'targets'))}
      >
        {accounts.length > FEW && (
          <TextInput
            type="search"
            mb="xs"
            aria-label={t('compose.findAccount')}
            placeholder={t('compose.findAccount')}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        )}
        <Stack gap="xs">
          {shown.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Panel>
  );
};
