import { createRoot } from 'react-dom/client';
import { setUpClient } from './api/set-up-client.ts';
import { App } from './app.tsx';
import { askAhead } from './ask-ahead.ts';
import { setUpI18n } from './i18n/set-up-i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
setUpClient();
askAhead(location.pathname);
createRoot(root).render(<App i18n={await setUpI18n()} />);
