import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { ContactService } from '../../core/contacts/contact.service.ts';
import { notFound, type Outcome } from '../../core/outcome.ts';
import { problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import {
  AddContactInput,
  AddContactResult,
  EraseContactInput,
  EraseContactResult,
  ReviseContactInput,
  ReviseContactResult,
} from './contact.inputs.ts';
import { Contact } from './contact.types.ts';

/** Contacts are decrypted in code, so their reads pass the service instead of the projection. */
@Resolver()
export class ContactResolver {
  constructor(private readonly service: ContactService) {}

  @Query(() => [Contact], {
    description:
      'Whom to write to about an actor or a programme, as far as you may see it, the first entered first; at most 50.',
  })
  contacts(
    @Arg('of', () => ID, { description: 'An actor or a programme.' }) of: string,
    @Ctx() context: RequestContext,
  ): Promise<readonly object[]> {
    return this.service.of(context.viewer, of);
  }

  @Mutation(() => AddContactResult, { description: 'Adds a contact to your actor or to a programme of it.' })
  async addContact(
    @Arg('input', () => AddContactInput) input: AddContactInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.answer(context, await this.service.add(context.viewer, input));
  }

  @Mutation(() => ReviseContactResult, { description: 'Changes a contact of yours.' })
  async reviseContact(
    @Arg('input', () => ReviseContactInput) input: ReviseContactInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.answer(context, await this.service.revise(context.viewer, input));
  }

  @Mutation(() => EraseContactResult, {
    description:
      'Forgets a person for good. Editors and planners of its owner may, and coordinators, who need not see whom; a second time tells when it was.',
  })
  async eraseContact(
    @Arg('input', () => EraseContactInput) input: EraseContactInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const outcome = await this.service.erase(context.viewer, input);
    return outcome.kind === 'erased' ? { __typename: 'ErasedContact', ...outcome } : problemOf(outcome);
  }

  private async answer(context: RequestContext, outcome: Outcome): Promise<object> {
    if (outcome.kind !== 'saved') return problemOf(outcome);
    const contact = await this.service.one(context.viewer, outcome.id);
    return contact ? { __typename: 'Contact', ...contact } : problemOf(notFound(outcome.id));
  }
}
