import { type ClassType, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ChangeToken } from './scalars.ts';

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True whenever the page was asked for with `after`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Pass as `after` for the next page. Null on an empty page.' })
  endCursor!: string | null;
}

/** The Relay connection type over a node type: `edges`, `nodes`, `pageInfo`, `totalCount`, `changeToken`. */
export function connectionOf<T extends object>(Node: ClassType<T>): ClassType<object> {
  @ObjectType(`${Node.name}Edge`, { description: `One ${Node.name} of a page and the cursor that points at it.` })
  class Edge {
    @Field(() => String, { description: 'Opaque; valid only for the same filter, order and key.' })
    cursor!: string;

    @Field(() => Node)
    node!: T;
  }

  @ObjectType(`${Node.name}Connection`, { description: `A page of ${Node.name} records in a fixed order.` })
  class Connection {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => [Node], { description: 'The same as `edges { node }`.' })
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int, {
      description:
        "How many records the whole list has under the viewer's rights; 100,000 means so many or more. Computed only when asked for.",
    })
    totalCount!: number;

    @Field(() => ChangeToken, {
      description: 'Pass as `changedAfter` later to get what was written since this answer.',
    })
    changeToken!: string;
  }
  return Connection;
}

export enum OrderDirection {
  ASC = 'asc',
  DESC = 'desc',
}
registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'From the least or from the most.' });

/** An `orderBy` input over the named orders of a view. */
export function orderOf(name: string, fields: Record<string, string>): ClassType<object> {
  registerEnumType(fields, { name: `${name}Field`, description: `What a list can be ordered by. The id breaks ties.` });

  @InputType(name, { description: 'In which order a list comes.' })
  class Order {
    @Field(() => fields, { description: 'By what.' })
    field!: string;

    @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'From which end.' })
    direction!: OrderDirection;
  }
  return Order;
}
