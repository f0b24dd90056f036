import './theme/base.css';
import './theme/theme';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { currentLanguage, onLanguage } from './i18n/i18n';
import { pageOf } from './pages/pages';

const sayLanguage = () => {
  document.documentElement.lang = currentLanguage();
};
onLanguage(sayLanguage);
sayLanguage();

// The page's own bundle is on its way while the server says who is signed in.
pageOf(location.pathname)?.preload().catch(() => undefined);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
