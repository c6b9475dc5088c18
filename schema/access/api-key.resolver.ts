import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { ApiKeyService } from '../../core/access/api-key.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { needs } from '../scope.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  ApiKeyConnection,
  IssueApiKeyInput,
  IssueApiKeyResult,
  RevokeApiKeyInput,
  RevokeApiKeyResult,
} from './api-key.types.ts';
import { answerIssued } from './issued-key.ts';

@Resolver()
export class ApiKeyResolver {
  constructor(
    private readonly service: ApiKeyService,
    private readonly reads: Reads,
  ) {}

  @Query(() => ApiKeyConnection, {
    description:
      "The keys of the viewer's actor, for coordinators all; revoked and expired ones too. The newest first.",
  })
  apiKeys(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'ApiKey', selectionPassedOn(info));
  }

  @needs('keys')
  @Mutation(() => IssueApiKeyResult, {
    description: 'Issues a key. Editors may for their own actor, up to EDITOR; coordinators for any.',
  })
  async issueApiKey(
    @Arg('input', () => IssueApiKeyInput) input: IssueApiKeyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answerIssued(this.reads, context, info, await this.service.issue(context.viewer, input));
  }

  @needs('keys')
  @Mutation(() => RevokeApiKeyResult, {
    description: 'From the next request on the key opens nothing, and its open subscriptions end.',
  })
  async revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput) input: RevokeApiKeyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'ApiKey', await this.service.revoke(context.viewer, input));
  }
}
