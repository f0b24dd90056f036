import { texts } from '../../i18n/i18n';

export const text = texts({ title: 'Policy' }, { title: 'Richtlinie' });
