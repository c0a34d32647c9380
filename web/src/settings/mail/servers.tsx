import { Badge, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  mailServersAddMutation,
  mailServersChangeMutation,
  mailServersListInfiniteOptions,
  mailServersRemoveMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { MailServerResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ServerForm } from './server-form.tsx';
import { toDraft } from './server-draft.ts';

const TAGS = ['Audience'];

/** Servers by which this workspace's mail leaves, the first in order while it works. */
export const Servers = () => {
  const { t } = useTranslation();
  const servers = useInfiniteQuery({ ...mailServersListInfiniteOptions(), ...BY_CURSOR });
  const adding = useDeed(mailServersAddMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const add = (
    <ModalButton label={t('settings.mail.addServer')} variant="filled">
      {(close) => (
        <ServerForm
          label={t('settings.mail.addServer')}
          action={adding}
          onSubmit={(body) => adding.mutate({ body }, { onSuccess: close })}
        />
      )}
    </ModalButton>
  );
  return (
    <Panel title={t('settings.mail.servers')} note={t('settings.mail.serversWhat')} actions={add}>
      <Listed query={servers} empty={<EmptyState what={t('settings.mail.noServers')} next={add} />}>
        {(items) => (
          <DataTable<MailServerResponse>
            label={t('settings.mail.servers')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'host', title: t('settings.mail.host'), cell: ({ host, port }) => `${host}:${port}` },
              {
                name: 'security',
                title: t('settings.mail.security'),
                cell: ({ security }) => t(`settings.mail.securityIs.${security}`),
              },
              { name: 'priority', title: t('settings.mail.priority'), align: 'end', cell: ({ priority }) => priority },
              {
                name: 'warm',
                title: t('settings.mail.warmUp'),
                cell: ({ warmUp, usedToday }) =>
                  warmUp ? t('settings.mail.warming', { count: usedToday }) : t('settings.mail.warm'),
              },
              {
                name: 'status',
                title: t('common.status'),
                cell: ({ enabled }) => (
                  <Badge color={enabled ? 'teal' : 'gray'}>{enabled ? t('common.on') : t('common.off')}</Badge>
                ),
              },
              { name: 'do', title: '', align: 'end', cell: (server) => <Deeds server={server} /> },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};

const Deeds = ({ server }: { readonly server: MailServerResponse }) => {
  const { t } = useTranslation();
  const path = { id: server.id };
  const change = useDeed(mailServersChangeMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const remove = useDeed(mailServersRemoveMutation(), { tags: TAGS, said: t('settings.mail.serverRemoved') });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <ModalButton label={t('common.edit')} aria-label={`${t('common.edit')}: ${server.host}`}>
        {(close) => (
          <ServerForm
            label={t('common.save')}
            action={change}
            initial={toDraft(server)}
            onSubmit={(body) => change.mutate({ path, body }, { onSuccess: close })}
          />
        )}
      </ModalButton>
      <AskButton
        label={t('common.remove')}
        of={server.host}
        title={t('settings.mail.removeServer', { host: server.host })}
        text={t('settings.mail.removeServerText')}
        yes={t('common.remove')}
        onYes={() => remove.mutate({ path })}
      />
    </Group>
  );
};
