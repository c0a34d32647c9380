import { useTranslation } from 'react-i18next';
import { webhooksCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { ModalButton } from '../../ui/modal-button.tsx';
import { WebhookForm } from './webhook-form.tsx';

const TAGS = ['Webhooks'];

/** Shows a secret, this once. */
export type OnSecret = (secret: string | undefined) => void;

/** A window that adds one. */
export const NewWebhook = ({ onSecret }: { readonly onSecret: OnSecret }) => {
  const { t } = useTranslation();
  const create = useDeed(webhooksCreateMutation(), { tags: TAGS, inForm: true });
  return (
    <ModalButton label={t('settings.webhooks.create')} variant="filled">
      {(close) => (
        <WebhookForm
          label={t('settings.webhooks.createYes')}
          action={create}
          onSubmit={(body) =>
            create.mutate(
              { body },
              {
                onSuccess: ({ secret }) => {
                  onSecret(secret);
                  close();
                },
              },
            )
          }
        />
      )}
    </ModalButton>
  );
};
