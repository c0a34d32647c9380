import '@mantine/core/styles.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import type { i18n } from 'i18next';
import { lazy } from 'react';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { queryClient } from './api/queries.ts';
import { SessionGate } from './access/session-gate.tsx';
import { PAGES } from './pages.ts';
import { Shell } from './shell/shell.tsx';
import { Themed } from './themed.tsx';
import { ConfirmHost } from './ui/confirm-host.tsx';
import { ErrorFrame } from './ui/error-frame.tsx';
import { Suspended } from './ui/suspended.tsx';

const SignIn = lazy(() => import('./access/sign-in-page.tsx'));
const SetUp = lazy(() => import('./access/set-up-page.tsx'));
const Invite = lazy(() => import('./access/invite-page.tsx'));
const NewPassword = lazy(() => import('./access/new-password-page.tsx'));
const NotFound = lazy(() => import('./ui/not-found.tsx'));

const signedIn = (
  <SessionGate>
    <Shell />
  </SessionGate>
);

export const App = ({ i18n }: { readonly i18n: i18n }) => (
  <I18nextProvider i18n={i18n}>
    <Themed>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <ErrorFrame>
          <BrowserRouter>
            <Routes>
              <Route path="/sign-in" element={<Suspended View={SignIn} />} />
              <Route path="/setup" element={<Suspended View={SetUp} />} />
              <Route path="/join" element={<Suspended View={Invite} />} />
              <Route path="/new-password" element={<Suspended View={NewPassword} />} />
              <Route element={signedIn}>
                {PAGES.map(({ name, path, View }) => (
                  <Route key={name} path={path === '/' ? path : `${path}/*`} element={<Suspended View={View} />} />
                ))}
                <Route path="*" element={<Suspended View={NotFound} />} />
              </Route>
            </Routes>
          </BrowserRouter>
          <ConfirmHost />
        </ErrorFrame>
      </QueryClientProvider>
    </Themed>
  </I18nextProvider>
);
