import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import {
  accountConnectionsDisconnect,
  accountsUpdate,
  pausesPauseAccount,
  pausesResumeAccount,
} from '../api/generated/sdk.gen.ts';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { confirm } from '../ui/confirm.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';

interface AccountActionsProps {
  readonly account: AccountDto;
  readonly onReconnect: () => void;
}

const refresh = () => refreshTags(['Accounts', 'Now', 'Readiness', 'Pauses', 'Targets']);

/** Pause with a reason, resume, rename, connect again, disconnect. */
export const AccountActions = ({ account, onReconnect }: AccountActionsProps) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [asked, setAsked] = useState<'pause' | 'rename'>();
  const more = useRef<HTMLButtonElement>(null);
  const { id, displayName, status } = account;
  const path = { id };
  const act = useMutation({
    mutationFn: async ({ call }: { readonly call: () => Promise<unknown>; readonly done: string }) => call(),
    onError: tellProblem,
    onSuccess: (_, { done }) => {
      tellDone(done);
      void refresh();
    },
  });
  const disconnect = async () => {
    const title = t('accounts.disconnect');
    if (!(await confirm({ title: `${title}: ${displayName}`, text: t('accounts.disconnectText'), yes: title }))) return;
    const call = () => accountConnectionsDisconnect({ path });
    act.mutate({ call, done: t('accounts.disconnected') });
  };
  /** The menu goes as its window comes: the button is what the focus can come back to. */
  const from = (act: () => unknown) => (): void => {
    more.current?.focus();
    act();
  };
  if (!may('accounts:write') || status === 'disconnected') return null;
  return (
    <>
      {status === 'active' && (
        <Button size="xs" variant="default" onClick={() => setAsked('pause')}>
          {t('accounts.pause')}
        </Button>
      )}
      {status === 'paused' && (
        <Button
          size="xs"
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ call: () => pausesResumeAccount({ path }), done: t('routes.resumed') })}
        >
          {t('routes.resume')}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <Button
            ref={more}
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`${t('accounts.more')}: ${displayName}`}
          >
            {t('accounts.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={from(() => setAsked('rename'))}>{t('accounts.rename')}</Menu.Item>
          <Menu.Item onClick={from(onReconnect)}>{t('now.reconnect')}</Menu.Item>
          <Menu.Item onClick={from(disconnect)}>{t('accounts.disconnect')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={`${t(asked === 'rename' ? 'accounts.rename' : 'accounts.pause')}: ${displayName}`}
      >
        {asked && <OneText key={asked} account={account} kind={asked} onDone={() => setAsked(undefined)} />}
      </Modal>
    </>
  );
};

interface OneTextProps {
  readonly account: AccountDto;
  readonly kind: 'pause' | 'rename';
  readonly onDone: () => void;
}

const OneText = ({ account: { id, displayName }, kind, onDone }: OneTextProps) => {
  const { t } = useTranslation();
  const isRename = kind === 'rename';
  const save = useMutation({
    mutationFn: async (text: string): Promise<unknown> =>
      isRename
        ? accountsUpdate({ path: { id }, body: { displayName: text } })
        : pausesPauseAccount({ path: { id }, body: text === '' ? {} : { reason: text } }),
    onSuccess: () => {
      tellDone(isRename ? t('common.saved') : t('routes.pausedNow'));
      void refresh();
      onDone();
    },
  });
  const form = useFields({ text: isRename ? displayName : '' }, save.error);
  const field = isRename ? 'displayName' : 'reason';
  return (
    <SubmitForm
      label={isRename ? t('common.save') : t('accounts.pause')}
      action={save}
      onSubmit={() => save.mutate(form.values.text.trim())}
      fields={[field]}
    >
      <TextInput
        data-autofocus
        label={isRename ? t('common.name') : t('routes.reason')}
        {...form.text('text')}
        error={form.fault(field)}
      />
    </SubmitForm>
  );
};
