import { useIntl } from 'react-intl';
import { LinkButton } from '../../../components/link-button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../../components/states.tsx';
import { hub } from '../../../hub/hub.ts';
import { useAnswer } from '../../../hub/use-answer.ts';
import { useViewer } from '../../../hub/viewer.ts';
import { footprintOf } from './record-draft.ts';
import { RecordForm } from './record-form.tsx';

/** Standing work of an actor. */
export function RegisterProgramme() {
  const { formatMessage } = useIntl();
  const { actor } = useViewer();
  return (
    <RecordForm
      draftOf="register.programme"
      title={formatMessage({ id: 'registry.registerProgramme' })}
      lead={formatMessage({ id: 'registry.registerProgrammeLead' })}
      asksOwner={actor === null}
      save={({ name, owner, clientMutationKey, ...draft }) =>
        hub.programmes.register({
          name,
          clientMutationKey,
          ...(owner && { owner: owner.id }),
          footprint: footprintOf({ name, owner, clientMutationKey, ...draft }),
        })
      }
      next={({ id }) => (
        <>
          <LinkButton kind="main" href={`/register/${id}/campaign`}>
            {formatMessage({ id: 'registry.planCampaign' })}
          </LinkButton>
          <LinkButton href={actor ? `/${actor.id}` : '/'}>{formatMessage({ id: 'registry.laterOn' })}</LinkButton>
        </>
      )}
    />
  );
}

/** Something that is done in a programme. */
export function PlanCampaign({ programme: id }: { readonly programme: string }) {
  const { formatMessage } = useIntl();
  const answer = useAnswer((signal) => hub.programmes.get(id, { signal }), [id]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const programme = answer.value;
  if (!programme) return <Nothing />;
  return (
    <RecordForm
      draftOf={`register.campaign.${id}`}
      title={formatMessage({ id: 'registry.planCampaign' })}
      lead={formatMessage({ id: 'registry.inherits' }, { name: programme.name })}
      save={(draft) =>
        hub.campaigns.plan({
          name: draft.name,
          clientMutationKey: draft.clientMutationKey,
          programme: id,
          footprint: footprintOf(draft),
        })
      }
      next={(campaign) => (
        <>
          <LinkButton kind="main" href={`/register/${campaign.id}/entry`}>
            {formatMessage({ id: 'registry.addEntry' })}
          </LinkButton>
          <LinkButton href="/">{formatMessage({ id: 'registry.laterOn' })}</LinkButton>
        </>
      )}
    />
  );
}

/** A dated piece of a campaign. */
export function AddEntry({ campaign: id }: { readonly campaign: string }) {
  const { formatMessage } = useIntl();
  const answer = useAnswer((signal) => hub.campaigns.get(id, { signal }), [id]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const campaign = answer.value;
  if (!campaign) return <Nothing />;
  return (
    <RecordForm
      draftOf={`register.entry.${id}`}
      title={formatMessage({ id: 'registry.addEntry' })}
      lead={formatMessage({ id: 'registry.inherits' }, { name: campaign.name })}
      asksKind
      needsDays
      save={(draft) =>
        hub.calendar.add({
          name: draft.name,
          clientMutationKey: draft.clientMutationKey,
          campaign: id,
          kind: draft.kind,
          footprint: footprintOf(draft),
        })
      }
      next={() => <LinkButton href="/">{formatMessage({ id: 'registry.back' })}</LinkButton>}
    />
  );
}

function Nothing() {
  const { formatMessage } = useIntl();
  return (
    <EmptyState action={<LinkButton href="/">{formatMessage({ id: 'registry.back' })}</LinkButton>}>
      {formatMessage({ id: 'registry.noSuchRecord' })}
    </EmptyState>
  );
}
