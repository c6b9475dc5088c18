import type { Viewer } from '@concord/client-sdk';

const WRITERS: readonly Viewer['role'][] = ['COORDINATOR', 'EDITOR', 'PLANNER'];

/** Who is offered to register: the hub decides, this spares others the form. */
export const mayRegister = ({ role, scopes }: Viewer): boolean => WRITERS.includes(role) && scopes.includes('WRITE');

/** Who is offered to unite actors. */
export const mayUnite = ({ role, scopes }: Viewer): boolean => role === 'COORDINATOR' && scopes.includes('VET');
