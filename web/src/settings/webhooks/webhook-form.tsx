import { MultiSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type EventType, STALE_AFTER } from '../../api/stale-after.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

interface WebhookWish {
  readonly url: string;
  readonly description: string;
  readonly events: EventType[];
}

interface WebhookFormProps {
  readonly label: string;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly initial?: WebhookWish;
  readonly onSubmit: (wish: WebhookWish) => void;
}

const EVENT_TYPES = Object.keys(STALE_AFTER) as EventType[];
const NEW: WebhookWish = { url: '', description: '', events: [] };

export const WebhookForm = ({ label, action, initial = NEW, onSubmit }: WebhookFormProps) => {
  const { t } = useTranslation();
  const form = useFields(initial, action.error);
  return (
    <SubmitForm
      label={label}
      action={action}
      fields={['url', 'description', 'events']}
      onSubmit={() => onSubmit(form.values)}
    >
      <TextInput
        {...form.text('url')}
        type="url"
        label={t('settings.webhooks.url')}
        placeholder="https://"
        autoComplete="off"
        data-autofocus
        required
      />
      <TextInput {...form.text('description')} label={t('settings.webhooks.description')} autoComplete="off" />
      <MultiSelect
        label={t('settings.webhooks.events')}
        description={t('settings.webhooks.eventsWhat')}
        data={EVENT_TYPES}
        value={form.values.events}
        onChange={(events) => form.set({ events: EVENT_TYPES.filter((type) => events.includes(type)) })}
        error={form.fault('events')}
        searchable
        clearable
      />
    </SubmitForm>
  );
};
