import './theme/base.css';
import './theme/theme';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { currentLanguage, onLanguage } from './i18n/i18n';

const sayLanguage = () => {
  document.documentElement.lang = currentLanguage();
};
onLanguage(sayLanguage);
sayLanguage();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
