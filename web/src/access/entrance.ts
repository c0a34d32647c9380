import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { toProblem } from '../api/problem.ts';
import { wayBack } from './way-back.ts';

/** Goes where the person wanted to go before the door; nothing asked as somebody else is kept. */
export const useEntrance = (): (() => void) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { state } = useLocation() as { readonly state: unknown };
  return () => {
    queries.clear();
    void navigate(wayBack(state), { replace: true });
  };
};

/** Whether the server asked for the second factor; once it did, the field stays. */
export const useSecondStep = () => {
  const [isAsked, setIsAsked] = useState(false);
  const hear = (error: unknown): void => {
    if (toProblem(error).code === 'sign_in.totp_required') setIsAsked(true);
  };
  return { isAsked, hear };
};

/** The first refusal only says that there is a second step: that is no fault to show. */
export const withoutAsking = (error: unknown): unknown =>
  error != null && toProblem(error).code === 'sign_in.totp_required' ? null : error;
