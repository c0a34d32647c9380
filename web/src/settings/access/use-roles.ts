import { useTranslation } from 'react-i18next';
import type { MemberDto } from '../../api/generated/types.gen.ts';

const ROLES: readonly MemberDto['role'][] = ['owner', 'editor', 'approver', 'viewer'];

/** What a member may be, in words. */
export const useRoles = () => {
  const { t } = useTranslation();
  return ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
};
