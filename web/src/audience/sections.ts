import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type en from '../i18n/en.json';

export interface Section {
  /** In the address, and of its words under `audience.section`. */
  readonly name: keyof (typeof en)['audience']['section'];
  readonly View: LazyExoticComponent<ComponentType>;
}

export const SECTIONS: readonly Section[] = [
  { name: 'broadcasts', View: lazy(() => import('./broadcasts/broadcasts-section.tsx')) },
  { name: 'subscribers', View: lazy(() => import('./people/subscribers-section.tsx')) },
  { name: 'segments', View: lazy(() => import('./segments/segments-section.tsx')) },
  { name: 'imports', View: lazy(() => import('./imports/imports-section.tsx')) },
  { name: 'forms', View: lazy(() => import('./forms/forms-section.tsx')) },
  { name: 'suppressions', View: lazy(() => import('./suppressions/suppressions-section.tsx')) },
  { name: 'notices', View: lazy(() => import('./notices-section.tsx')) },
];
