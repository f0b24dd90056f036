import type { Role } from '../../api/client';
import type { text } from './text';

/** Every role, and what it may do in words; the contract's x-roles decide. */
export const ROLES: [Role, keyof (typeof text)['en']][] = [
  ['viewer', 'roleViewer'],
  ['operator', 'roleOperator'],
  ['requester', 'roleRequester'],
  ['approver', 'roleApprover'],
  ['observer', 'roleObserver'],
  ['auditor', 'roleAuditor'],
  ['administrator', 'roleAdministrator'],
];
