import { texts } from '../i18n/i18n';

export const text = texts(
  {
    label: 'Filter',
    placeholder: 'Filter, such as  proto:modbus verdict:deny -user:alice',
    clear: 'Clear the filter',
    apply: 'Filter',
    hint: 'Keys and values appear as you type. Arrow keys choose, Tab or Enter takes, Escape closes.',
    suggestions: 'Suggestions',
    recent: 'Last used',
    filterBy: 'Filter by {value}',
    only: 'Only this',
    not: 'Without this',
  },
  {
    label: 'Filter',
    placeholder: 'Filter, etwa  proto:modbus verdict:deny -user:alice',
    clear: 'Filter leeren',
    apply: 'Filtern',
    hint: 'Schlüssel und Werte erscheinen beim Tippen. Pfeiltasten wählen, Tab oder Eingabe übernimmt, Escape schließt.',
    suggestions: 'Vorschläge',
    recent: 'Zuletzt benutzt',
    filterBy: 'Filtern nach {value}',
    only: 'Nur dies',
    not: 'Ohne dies',
  },
);
