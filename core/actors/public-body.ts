/** Kinds of actor that are states, intergovernmental or regional bodies. */
const PUBLIC_BODIES = new Set(['state_national', 'state_local', 'state_other', 'intergovernmental', 'regional_body']);

export function isPublicBody(actorKind: string): boolean {
  return PUBLIC_BODIES.has(actorKind);
}
