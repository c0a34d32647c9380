import { Badge, Button, Group, List, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  sendingDomainsAddMutation,
  sendingDomainsListInfiniteOptions,
  sendingDomainsRemoveMutation,
  sendingDomainsVerifyMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SendingDomainResponse } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Copyable } from '../../ui/shown-once.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useTimes } from '../../ui/times.ts';
import { useFields } from '../../ui/use-fields.ts';

const TAGS = ['Audience'];

/** Domains that mail is written as, each with the record its owner publishes. */
export const Domains = () => {
  const { t } = useTranslation();
  const domains = useInfiniteQuery({ ...sendingDomainsListInfiniteOptions(), ...BY_CURSOR });
  const add = (
    <ModalButton label={t('settings.mail.addDomain')} variant="filled">
      {(close) => <DomainForm onDone={close} />}
    </ModalButton>
  );
  return (
    <Panel title={t('settings.mail.domains')} note={t('settings.mail.domainsWhat')} actions={add}>
      <Listed query={domains} empty={<EmptyState what={t('settings.mail.noDomains')} next={add} />}>
        {(items) => (
          <Stack>
            {items.map((domain) => (
              <Domain key={domain.id} domain={domain} />
            ))}
          </Stack>
        )}
      </Listed>
    </Panel>
  );
};

const Domain = ({ domain }: { readonly domain: SendingDomainResponse }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { id, record, verifiedAt, checkedAt, findings } = domain;
  const verify = useDeed(sendingDomainsVerifyMutation(), { tags: TAGS });
  const remove = useDeed(sendingDomainsRemoveMutation(), { tags: TAGS, said: t('settings.mail.domainRemoved') });
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{domain.domain}</Text>
            <Badge color={verifiedAt ? 'teal' : 'yellow'}>
              {verifiedAt ? t('settings.mail.verified') : t('settings.mail.unverified')}
            </Badge>
          </Group>
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={verify.isPending}
              onClick={() => verify.mutate({ path: { id } })}
            >
              {t('settings.mail.verify')}
            </Button>
            <AskButton
              label={t('common.remove')}
              of={domain.domain}
              title={t('settings.mail.removeDomain', { domain: domain.domain })}
              text={t('settings.mail.removeDomainText')}
              yes={t('common.remove')}
              onYes={() => remove.mutate({ path: { id } })}
            />
          </Group>
        </Group>
        <Text size="sm">{t('settings.mail.writesAs', { sender: domain.sender })}</Text>
        <Text size="sm">{t('settings.mail.publish', { type: record.type })}</Text>
        <Copyable label={t('settings.mail.recordName')} text={record.name} />
        <Copyable label={t('settings.mail.recordValue')} text={record.value} />
        {checkedAt && (
          <Text size="xs" c="dimmed">
            {t('settings.mail.checked', { at: moment(checkedAt) })}
          </Text>
        )}
        {findings.length > 0 && (
          <List size="sm">
            {findings.map(({ message }) => (
              <List.Item key={message}>{message}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Paper>
  );
};

const DomainForm = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const add = useDeed(sendingDomainsAddMutation(), { tags: TAGS, onDone, inForm: true });
  const form = useFields({ domain: '', sender: '' }, add.error);
  return (
    <SubmitForm
      label={t('settings.mail.addDomain')}
      action={add}
      fields={['domain', 'sender']}
      onSubmit={() => add.mutate({ body: form.values })}
    >
      <TextInput
        {...form.text('domain')}
        label={t('settings.mail.domain')}
        placeholder="news.example.com"
        data-autofocus
        required
      />
      <TextInput
        {...form.text('sender')}
        label={t('settings.mail.sender')}
        placeholder="Ada <ada@news.example.com>"
        required
      />
    </SubmitForm>
  );
};
