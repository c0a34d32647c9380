import { Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountConsentsBegin } from '../api/generated/sdk.gen.ts';
import { type PlatformName, platformTitle } from '../ui/platforms.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';

interface ConsentFormProps {
  readonly platform: PlatformName;
  readonly options: readonly ('flavour' | 'handle')[];
  /** The account to connect again. */
  readonly accountId?: string | undefined;
}

const FLAVOURS = ['instagram', 'facebook'] as const;

/** Off to the platform's own page; it leads back to this page, which then tells what became of it. */
export const ConsentForm = ({ platform, options, accountId }: ConsentFormProps) => {
  const { t } = useTranslation();
  const begin = useMutation({
    mutationFn: async ({ flavour, handle }: { flavour: string; handle: string }) => {
      const chosen = {
        ...(options.includes('flavour') ? { flavour } : {}),
        ...(options.includes('handle') ? { handle } : {}),
      };
      const returnUrl = `${location.origin}/accounts${accountId ? `?again=${accountId}` : ''}`;
      const body = { options: chosen, returnUrl, ...(accountId ? { accountId } : {}) };
      return (await accountConsentsBegin({ path: { platform }, body })).data;
    },
    onSuccess: ({ url }) => location.assign(url),
  });
  const form = useFields({ flavour: 'instagram', handle: '' }, begin.error);
  return (
    <SubmitForm
      label={t('accounts.toPlatform', { platform: platformTitle(platform) })}
      action={begin}
      onSubmit={() => begin.mutate(form.values)}
      fields={['options']}
    >
      {options.includes('flavour') && (
        <Select
          label={t('accounts.flavour')}
          data={FLAVOURS.map((value) => ({ value, label: t(`accounts.flavours.${value}`) }))}
          allowDeselect={false}
          value={form.values.flavour}
          onChange={(flavour) => flavour && form.set({ flavour })}
        />
      )}
      {options.includes('handle') && (
        <TextInput label={t('accounts.credential.identifier')} placeholder="you.example.org" {...form.text('handle')} />
      )}
    </SubmitForm>
  );
};
