import { Accordion, Checkbox, MultiSelect, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routesChange, routesCreate } from '../api/generated/sdk.gen.ts';
import type { AccountDto, RouteDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';
import { FallbackOrder } from './fallback-order.tsx';
import { draftOf, newRouteOf, policyOf, type RouteDraft } from './route-draft.ts';
import { RouteScope } from './route-scope.tsx';

interface RouteFormProps {
  /** `undefined`: a new one. */
  readonly route: RouteDto | undefined;
  readonly accounts: readonly AccountDto[];
  readonly onDone: () => void;
}

const FIELDS = [
  'fallbacks',
  'scopeId',
  'announce',
  'holdForSeconds',
  'staleAfterSeconds',
  'broadcastAfterSeconds',
  'maxExtraPerDay',
];

/** Everything a route says: where to, and when. */
export const RouteForm = ({ route, accounts, onDone }: RouteFormProps) => {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: (draft: RouteDraft) => (route ? change(route, draft) : create(draft)),
    onSuccess: () => {
      tellDone(t('common.saved'));
      void refreshTags(['Routes', 'Readiness']);
      onDone();
    },
  });
  const form = useFields(draftOf(route), save.error);
  const deeds = (['publish', 'hold', 'reroute'] as const).map((value) => ({ value, label: t(`routes.deed.${value}`) }));
  const deedsOf = (...values: string[]) => deeds.filter(({ value }) => values.includes(value));
  const pick = (name: 'onDown' | 'onDegraded' | 'onUnknown' | 'onAccountTrouble', data: typeof deeds) => (
    <Select
      label={t(`routes.field.${name}`)}
      data={data}
      allowDeselect={false}
      value={form.values[name]}
      onChange={(value) => value && form.set({ [name]: value })}
    />
  );
  const waits = { value: 'wait' as never, label: t('routes.deed.wait') };
  return (
    <SubmitForm label={t('common.save')} action={save} onSubmit={() => save.mutate(form.values)} fields={FIELDS}>
      {!route && <RouteScope form={form} accounts={accounts} />}
      <FallbackOrder
        chosen={form.values.fallbacks}
        accounts={accounts}
        error={form.fault('fallbacks')}
        onChange={(fallbacks) => form.set({ fallbacks })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {pick('onDown', deeds)}
        {pick('onDegraded', deeds)}
        <NumberInput
          label={t('routes.field.staleHours')}
          min={0}
          {...form.pick('staleHours')}
          error={form.fault('staleAfterSeconds')}
        />
        <NumberInput
          label={t('routes.field.broadcastMinutes')}
          placeholder={t('common.never')}
          min={0}
          {...form.pick('broadcastMinutes')}
          error={form.fault('broadcastAfterSeconds')}
        />
        <NumberInput
          label={t('routes.field.maxExtraPerDay')}
          description={t('routes.field.maxExtraWhat')}
          placeholder={t('routes.noLimit')}
          min={1}
          max={1_000}
          {...form.pick('maxExtraPerDay')}
        />
      </SimpleGrid>
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>{t('routes.field.more')}</Accordion.Control>
          <Accordion.Panel>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              {pick('onUnknown', [waits, ...deedsOf('reroute')])}
              {pick('onAccountTrouble', deedsOf('hold', 'reroute'))}
              <NumberInput
                label={t('routes.field.holdMinutes')}
                min={0}
                {...form.pick('holdMinutes')}
                error={form.fault('holdForSeconds')}
              />
              <Select
                label={t('routes.field.failback')}
                data={(['catch_up', 'none'] as const).map((value) => ({ value, label: t(`routes.failback.${value}`) }))}
                allowDeselect={false}
                value={form.values.failback}
                onChange={(value) => value && form.set({ failback: value })}
              />
              <MultiSelect
                label={t('routes.field.announce')}
                data={accounts.map(({ id, displayName }) => ({ value: id, label: displayName }))}
                {...form.pick('announce')}
              />
            </SimpleGrid>
            <Checkbox mt="md" label={t('routes.field.removeLate')} {...form.check('removeLate')} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </SubmitForm>
  );
};

const create = (draft: RouteDraft) => routesCreate({ body: newRouteOf(draft) });

/** Refused when somebody else changed it meanwhile. */
const change = ({ id, version }: RouteDto, draft: RouteDraft) =>
  routesChange({ path: { id }, body: policyOf(draft), headers: { 'If-Match': `"${version}"` } });
