import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Anything with an id of its own. `node(id:)` finds it.',
  resolveType: (value: { __typename: string }) => value.__typename,
})
export class Node {
  @Field(() => ID, { description: 'Type prefix and 128 random bits; never reused.' })
  id!: string;
}

/**
 * The body of a field that takes arguments: reads by projection have already put its value under the response key,
 * so nothing ever calls it.
 */
export function projected(): never {
  throw new Error('this field is answered by the projection');
}
