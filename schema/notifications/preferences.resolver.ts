import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { PreferencesService } from '../../core/notifications/preferences.service.ts';
import { problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import {
  NotificationPreferences,
  SetNotificationPreferencesInput,
  SetNotificationPreferencesResult,
} from './preferences.types.ts';

@Resolver()
export class PreferencesResolver {
  constructor(private readonly service: PreferencesService) {}

  @Query(() => NotificationPreferences, {
    nullable: true,
    description: 'How your actor is told by mail. Null for whoever is not its editor or planner.',
  })
  notificationPreferences(@Ctx() { viewer }: RequestContext): Promise<object | null> {
    return this.service.of(viewer);
  }

  @Mutation(() => SetNotificationPreferencesResult, {
    description: 'Says how your actor is told by mail. Editors may.',
  })
  async setNotificationPreferences(
    @Arg('input', () => SetNotificationPreferencesInput) input: SetNotificationPreferencesInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    const outcome = await this.service.set(viewer, input);
    if (outcome.kind !== 'saved') return problemOf(outcome);
    return { __typename: 'NotificationPreferences', ...outcome.preferences };
  }
}
