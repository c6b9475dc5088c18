import { setImmediate as letOthersAsk } from 'node:timers/promises';

interface Asked<Item, Context, Result> {
  readonly items: readonly Item[];
  readonly context: Context;
  readonly answer: PromiseWithResolvers<Result>;
}

/**
 * Does for many at once what only one can do at a time: whoever asks while it is being done waits, and all who wait are served by the
 * next round, in the context of the first of them. A round that fails is done again one by one, so that nobody fails for another.
 * @param most items of a round, unless one alone asks for more
 */
export function together<Item, Context, Result>(
  work: (items: readonly Item[], context: Context) => Promise<Result>,
  most: number,
): (items: readonly Item[], context: Context) => Promise<Result> {
  const waiting: Asked<Item, Context, Result>[] = [];
  let isBusy = false;
  const takeRound = (): Asked<Item, Context, Result>[] => {
    const round: Asked<Item, Context, Result>[] = [];
    let count = 0;
    for (const asked of waiting) {
      count += asked.items.length;
      if (round.length > 0 && count > most) break;
      round.push(asked);
    }
    waiting.splice(0, round.length);
    return round;
  };
  const alone = async ({ items, context, answer }: Asked<Item, Context, Result>): Promise<void> => {
    await work(items, context).then(answer.resolve, answer.reject);
  };
  const serve = async (): Promise<void> => {
    isBusy = true;
    await letOthersAsk();
    for (let round = takeRound(); round.length > 0; round = takeRound()) {
      const [first] = round;
      if (first === undefined || round.length === 1) {
        await Promise.all(round.map(alone));
        continue;
      }
      try {
        const result = await work([...new Set(round.flatMap(({ items }) => items))], first.context);
        for (const { answer } of round) answer.resolve(result);
      } catch {
        for (const one of round) await alone(one);
      }
    }
    isBusy = false;
  };
  return (items, context) => {
    const answer = Promise.withResolvers<Result>();
    waiting.push({ items, context, answer });
    if (!isBusy) void serve();
    return answer.promise;
  };
}
