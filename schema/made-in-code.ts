/** Marks object types whose values are made in code; all others come from a projection, keyed as the caller asked. */
export const MADE_IN_CODE = { madeInCode: true } as const;
