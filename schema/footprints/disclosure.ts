import { registerEnumType } from 'type-graphql';

export enum Disclosure {
  FULL = 'FULL',
  COARSE = 'COARSE',
  REVEALED = 'REVEALED',
}
registerEnumType(Disclosure, {
  name: 'Disclosure',
  description: 'How much of a record its owner has released to you.',
  valuesConfig: {
    FULL: { description: 'All that was compared.' },
    COARSE: { description: 'Countries, whole months and themes.' },
    REVEALED: { description: 'Who it is, because both sides agreed to it.' },
  },
});
