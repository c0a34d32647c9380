import { Anchor, ColorInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../api/use-deed.ts';
import { workspacesChangeMutation, workspacesGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { WorkspaceDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { Panel } from '../ui/panel.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';

const ZONES = Intl.supportedValuesOf('timeZone');

export default function WorkspaceSection() {
  const workspace = useQuery(workspacesGetOptions());
  return (
    <Answered query={workspace}>
      {(found) => (
        <Stack>
          <Basics workspace={found} />
          <PublicPage workspace={found} />
          <SecondFactor workspace={found} />
        </Stack>
      )}
    </Answered>
  );
}

const useChange = () => {
  const { t } = useTranslation();
  return useDeed(workspacesChangeMutation(), {
    tags: ['Workspaces', 'Sessions', 'Calendar', 'Now'],
    said: t('common.saved'),
    inForm: true,
  });
};

const Basics = ({ workspace }: { readonly workspace: WorkspaceDto }) => {
  const { t } = useTranslation();
  const save = useChange();
  const { name, timeZone, region } = workspace;
  const form = useFields({ name, timeZone, region }, save.error);
  return (
    <Panel title={t('settings.workspace.basics')}>
      <SubmitForm
        label={t('common.save')}
        action={save}
        fields={Object.keys(form.values)}
        onSubmit={() => save.mutate({ body: form.values })}
      >
        <TextInput {...form.text('name')} label={t('common.name')} autoComplete="off" />
        <Select
          name="timeZone"
          label={t('settings.workspace.zone')}
          description={t('settings.workspace.zoneWhat')}
          data={ZONES.includes(form.values.timeZone) ? ZONES : [form.values.timeZone, ...ZONES]}
          value={form.values.timeZone}
          onChange={(zone) => zone && form.set({ timeZone: zone })}
          error={form.fault('timeZone')}
          searchable
          allowDeselect={false}
        />
        <TextInput
          {...form.text('region')}
          label={t('settings.workspace.region')}
          description={t('settings.workspace.regionWhat')}
          autoComplete="off"
        />
      </SubmitForm>
    </Panel>
  );
};

const PublicPage = ({ workspace }: { readonly workspace: WorkspaceDto }) => {
  const { t } = useTranslation();
  const save = useChange();
  const { statusSlug, brandColor } = workspace;
  const form = useFields({ statusSlug: statusSlug ?? '', brandColor: brandColor ?? '' }, save.error);
  const send = (): void =>
    save.mutate({
      body: {
        statusSlug: form.values.statusSlug.trim() === '' ? null : form.values.statusSlug.trim(),
        brandColor: form.values.brandColor === '' ? null : form.values.brandColor,
      },
    });
  return (
    <Panel title={t('settings.workspace.page')} note={t('settings.workspace.pageWhat')}>
      <SubmitForm label={t('common.save')} action={save} fields={Object.keys(form.values)} onSubmit={send}>
        <TextInput
          {...form.text('statusSlug')}
          label={t('settings.workspace.slug')}
          description={`${location.origin}/status/${form.values.statusSlug || '…'}`}
          autoComplete="off"
        />
        <ColorInput
          {...form.pick('brandColor')}
          label={t('settings.workspace.color')}
          format="hex"
          withEyeDropper={false}
          swatches={['#0b7a5c', '#0b7285', '#1864ab', '#5f3dc4', '#a61e4d', '#c92a2a', '#862e9c', '#2b2b2b']}
        />
        {statusSlug && (
          <Anchor href={`/status/${statusSlug}`} target="_blank" rel="noopener" size="sm">
            {t('settings.workspace.open')}
          </Anchor>
        )}
      </SubmitForm>
    </Panel>
  );
};

const SecondFactor = ({ workspace }: { readonly workspace: WorkspaceDto }) => {
  const { t } = useTranslation();
  const save = useDeed(workspacesChangeMutation(), { tags: ['Workspaces', 'Sessions'], said: t('common.saved') });
  return (
    <Panel title={t('settings.workspace.totp')}>
      <Switch
        label={t('settings.workspace.totpAll')}
        checked={workspace.requiresTotp}
        disabled={save.isPending}
        onChange={({ currentTarget }) => save.mutate({ body: { requiresTotp: currentTarget.checked } })}
      />
      <Text size="sm" c="dimmed">
        {t('settings.workspace.totpWhat')}
      </Text>
    </Panel>
  );
};
