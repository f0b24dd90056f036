import { texts } from '../i18n/i18n';

export const text = texts(
  {
    label: 'Filter',
    placeholder: 'Filter, such as  proto:modbus verdict:deny -user:alice',
    clear: 'Clear the filter',
    hint: 'Keys and values appear as you type. Arrow keys choose, Tab or Enter takes, Escape closes.',
    suggestions: 'Suggestions',
  },
  {
    label: 'Filter',
    placeholder: 'Filter, etwa  proto:modbus verdict:deny -user:alice',
    clear: 'Filter leeren',
    hint: 'Schlüssel und Werte erscheinen beim Tippen. Pfeiltasten wählen, Tab oder Eingabe übernimmt, Escape schließt.',
    suggestions: 'Vorschläge',
  },
);
